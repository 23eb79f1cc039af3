public import Credentials
public import Cryptography
import Encoding
public import Registry
public import TransparencyLog

/// What a worker hands over: a presentation and everything needed to judge it offline.
///
/// `Protocol/dossier.md`. Parsed, not trusted: `knowledge(anchor:at:)` checks every signature,
/// proof and cosignature in it.
public struct Dossier: Hashable, Sendable {
    /// An entry with its inclusion proof under the log's newest checkpoint in the dossier, or
    /// under an older one, whose quorum time is then the entry's logged time.
    public struct Item: Hashable, Sendable {
        public let index: UInt64
        public let entry: RegistryEntry
        public let proof: [HashValue]
        public let older: Int?

        public init(index: UInt64, entry: RegistryEntry, proof: [HashValue], older: Int?) {
            self.index = index
            self.entry = entry
            self.proof = proof
            self.older = older
        }
    }

    public struct Log: Hashable, Sendable {
        public let country: String
        public let checkpoint: SignedNote
        public let older: [SignedNote]
        public let items: [Item]

        public init(
            country: String, checkpoint: SignedNote, older: [SignedNote], items: [Item]
        ) {
            self.country = country
            self.checkpoint = checkpoint
            self.older = older
            self.items = items
        }
    }

    public static let byteLimit = 4 << 20
    public static let type = "dossier"

    public let presentation: CredentialFile
    public let logs: [Log]
    public let statusLists: [[UInt8]]
    public let extract: SignedNote?

    public init(
        presentation: CredentialFile, logs: [Log], statusLists: [[UInt8]], extract: SignedNote?
    ) {
        self.presentation = presentation
        self.logs = logs
        self.statusLists = statusLists
        self.extract = extract
    }

    public init(parsing bytes: [UInt8]) throws(VerificationError) {
        var presentation: JSONValue
        var logReaders: [MemberReader]
        do throws(ParsingError) {
            let limits = JSONLimits(size: Dossier.byteLimit, depth: 12)
            var reader = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
            let type = try reader.string("type")
            guard type == Dossier.type else {
                throw .wrongForm(path: "type", expected: Dossier.type)
            }
            _ = try reader.integer("version", in: 1...1)
            presentation = try reader.value("presentation")
            logReaders = try reader.readers("logs")
            statusLists = try reader.strings("lists").map { Array($0.utf8) }
            if let text = try reader.optionalString("extract") {
                extract = try Dossier.note(text, at: "extract")
            } else {
                extract = nil
            }
            try reader.finish()
        } catch { throw .dossier(error) }
        do throws(CredentialError) {
            self.presentation = try CredentialFile(parsing: presentation.serialized)
        } catch { throw .credential(error) }
        var logs: [Log] = []
        for var reader in logReaders { logs.append(try Log(reading: &reader)) }
        self.logs = logs
    }

    public var serialized: [UInt8] {
        var object: JSONObject = ["type": .string(Dossier.type), "version": 1]
        object["presentation"] = try? JSONValue(parsing: presentation.serialized)
        object["logs"] = .array(logs.map(\.value))
        object["lists"] = .array(
            statusLists.map { .string(String(decoding: $0, as: UTF8.self)) })
        object["extract"] = extract.map {
            .string(String(decoding: $0.serialized, as: UTF8.self))
        }
        return Array(JSONValue.object(object).indented.utf8)
    }

    static func note(_ text: String, at path: String) throws(ParsingError) -> SignedNote {
        guard let note = try? SignedNote(parsing: Array(text.utf8)) else {
            throw .wrongForm(path: path, expected: "a signed note")
        }
        return note
    }
}

extension Dossier.Log {
    fileprivate init(reading reader: inout MemberReader) throws(VerificationError) {
        var itemReaders: [MemberReader]
        do throws(ParsingError) {
            country = try reader.string("country")
            checkpoint = try Dossier.note(
                try reader.string("checkpoint"), at: reader.child("checkpoint"))
            var older: [SignedNote] = []
            for text in try reader.optionalStrings("older") ?? [] {
                older.append(try Dossier.note(text, at: reader.child("older")))
            }
            self.older = older
            itemReaders = try reader.readers("entries")
            try reader.finish()
        } catch { throw .dossier(error) }
        var items: [Dossier.Item] = []
        for var item in itemReaders { items.append(try Dossier.Item(reading: &item, country)) }
        self.items = items
    }

    fileprivate var value: JSONValue {
        var object: JSONObject = [
            "country": .string(country),
            "checkpoint": .string(String(decoding: checkpoint.serialized, as: UTF8.self)),
        ]
        object["older"] = .array(
            older.map { .string(String(decoding: $0.serialized, as: UTF8.self)) })
        object["entries"] = .array(
            items.map { item in
                var member: JSONObject = [
                    "index": .integer(Int64(item.index)),
                    "entry": .string(String(decoding: item.entry.serialized, as: UTF8.self)),
                    "proof": .array(
                        item.proof.map { .string(Base64.standard.encode($0.bytes)) }),
                ]
                member["older"] = item.older.map { .integer(Int64($0)) }
                return .object(member)
            })
        return .object(object)
    }
}

extension Dossier.Item {
    fileprivate init(
        reading reader: inout MemberReader, _ country: String
    ) throws(VerificationError) {
        let text: String
        do throws(ParsingError) {
            index = UInt64(try reader.integer("index"))
            text = try reader.string("entry")
            var proof: [HashValue] = []
            for hash in try reader.strings("proof") {
                guard let bytes = Base64.standard.decode(hash), let value = HashValue(bytes: bytes)
                else {
                    throw .wrongForm(path: reader.child("proof"), expected: "hashes in base64")
                }
                proof.append(value)
            }
            self.proof = proof
            older = try reader.optionalInteger("older", in: 0...1_023).map(Int.init)
            try reader.finish()
        } catch { throw .dossier(error) }
        do throws(RegistryError) {
            entry = try RegistryEntry(parsing: Array(text.utf8))
        } catch { throw .dossierEntry(origin: country, error) }
    }
}
