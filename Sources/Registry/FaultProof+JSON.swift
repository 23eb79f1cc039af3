internal import Cryptography
internal import Encoding
internal import TransparencyLog

extension FaultProof {
    /// The bytes of the largest proof that nodes pass on.
    public static let byteLimit = SplitView.byteLimit + 65_536
    /// The bytes of the largest file: an extract's comes with all entries of a log.
    public static let fileByteLimit = 64 << 20

    /// Reads a split view, or an object of the type `fault`; members in any order, none unknown.
    public init(parsing bytes: [UInt8]) throws(RegistryError) {
        do throws(ParsingError) {
            let value = try JSONValue(
                parsing: bytes, limits: JSONLimits(size: FaultProof.fileByteLimit, depth: 4))
            if value.object?["type"]?.string == "split-view" {
                self.init(.fork(try FaultProof.splitView(value, at: "the top")))
                return
            }
            var reader = try MemberReader(value, at: "")
            guard try reader.string("type") == "fault" else {
                throw .wrongForm(path: "type", expected: "split-view or fault")
            }
            _ = try reader.integer("version", in: 1...1)
            let kind: Kind
            switch try reader.string("kind") {
            case "cosigner":
                kind = .cosigner(
                    try FaultProof.splitView(reader.value("splitView"), at: "splitView"),
                    witness: try reader.noteKey("witness", .cosignature))
            case "foreign-entry":
                let note = try FaultProof.note(&reader)
                let entries = try FaultProof.entries(&reader, count: 1)
                kind = .foreignEntry(note, entries[0])
            case "entry-twice":
                let note = try FaultProof.note(&reader)
                let entries = try FaultProof.entries(&reader, count: 2)
                kind = .entryTwice(note, entries[0], entries[1])
            case "two-roots":
                let notes = try reader.strings("acts")
                guard notes.count == 2 else {
                    throw .wrongForm(path: "acts", expected: "two signed acts")
                }
                kind = .twoRoots(Array(notes[0].utf8), Array(notes[1].utf8))
            case "extract":
                kind = .extract(try FaultProof.extract(&reader))
            default:
                throw .wrongForm(
                    path: "kind",
                    expected: "cosigner, foreign-entry, entry-twice, two-roots or extract")
            }
            try reader.finish()
            self.init(kind)
        } catch { throw .json(error) }
    }

    /// One compact JSON object.
    public var serialized: [UInt8] {
        var object: JSONObject = ["type": "fault", "version": 1]
        switch kind {
        case .fork(let splitView): return splitView.serialized
        case .cosigner(let splitView, let witness):
            object["kind"] = "cosigner"
            object["splitView"] = (try? JSONValue(parsing: splitView.serialized)) ?? .null
            object["witness"] = .string(witness.description)
        case .foreignEntry(let note, let entry):
            object["kind"] = "foreign-entry"
            object["note"] = .string(String(decoding: note.serialized, as: UTF8.self))
            object["entries"] = .array([entry.value])
        case .entryTwice(let note, let first, let second):
            object["kind"] = "entry-twice"
            object["note"] = .string(String(decoding: note.serialized, as: UTF8.self))
            object["entries"] = .array([first.value, second.value])
        case .twoRoots(let first, let second):
            object["kind"] = "two-roots"
            object["acts"] = .array(
                [first, second].map { .string(String(decoding: $0, as: UTF8.self)) })
        case .extract(let fault):
            object["kind"] = "extract"
            object["note"] = .string(String(decoding: fault.note.serialized, as: UTF8.self))
            object["signer"] = .string(fault.signer.description)
            object["origin"] = .string(fault.origin)
            object["bundles"] = .array(FaultProof.bundles(fault.entries))
        }
        return JSONValue.object(object).serialized
    }

    private static func splitView(
        _ value: JSONValue, at path: String
    ) throws(ParsingError) -> SplitView {
        do throws(LogError) { return try SplitView(parsing: value.serialized) } catch {
            throw .wrongForm(path: path, expected: "a split view")
        }
    }

    private static func note(_ reader: inout MemberReader) throws(ParsingError) -> SignedNote {
        let text = try reader.string("note")
        do throws(LogError) { return try SignedNote(parsing: Array(text.utf8)) } catch {
            throw .wrongForm(path: reader.child("note"), expected: "a signed note")
        }
    }

    private static func extract(
        _ reader: inout MemberReader
    ) throws(ParsingError) -> ExtractFault {
        let note = try note(&reader)
        let signer = try reader.noteKey("signer")
        let origin = try reader.string("origin")
        var entries: [[UInt8]] = []
        for text in try reader.strings("bundles") {
            // Whole bundles, and a partial one at the end alone: one spelling of the entries.
            guard entries.count.isMultiple(of: Tile.fullWidth),
                let bytes = Base64.standard.decode(text),
                let bundle = try? EntryBundle(parsing: bytes)
            else {
                throw .wrongForm(
                    path: reader.child("bundles"), expected: "entry bundles in base64")
            }
            entries += bundle.entries
        }
        return ExtractFault(note: note, signer: signer, origin: origin, entries: entries)
    }

    private static func bundles(_ entries: [[UInt8]]) -> [JSONValue] {
        stride(from: 0, to: entries.count, by: Tile.fullWidth).compactMap { start in
            let end = min(start + Tile.fullWidth, entries.count)
            let bundle = try? EntryBundle(Array(entries[start..<end]))
            return bundle.map { .string(Base64.standard.encode($0.serialized)) }
        }
    }

    private static func entries(
        _ reader: inout MemberReader, count: Int
    ) throws(ParsingError) -> [Placed] {
        var entries: [Placed] = []
        for var item in try reader.readers("entries") {
            let index = UInt64(try item.integer("index"))
            let bytes = Array(try item.string("note").utf8)
            var hashes: [HashValue] = []
            for text in try item.strings("hashes") {
                guard let decoded = Base64.standard.decode(text),
                    let hash = HashValue(bytes: decoded)
                else {
                    throw .wrongForm(
                        path: item.child("hashes"), expected: "hashes of 32 bytes in base64")
                }
                hashes.append(hash)
            }
            try item.finish()
            entries.append(Placed(index: index, bytes: bytes, hashes: hashes))
        }
        guard entries.count == count else {
            throw .wrongForm(path: "entries", expected: "\(count) entries with their proofs")
        }
        return entries
    }
}

extension FaultProof.Placed {
    fileprivate var value: JSONValue {
        [
            "index": .integer(Int64(clamping: index)),
            "note": .string(String(decoding: bytes, as: UTF8.self)),
            "hashes": .array(hashes.map { .string(Base64.standard.encode($0.bytes)) }),
        ]
    }
}
