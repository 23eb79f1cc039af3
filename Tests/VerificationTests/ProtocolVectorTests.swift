import Credentials
import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog
import Verification

/// What `Protocol/Vectors` holds of entries, batches, extracts and dossiers.
@Suite struct ProtocolVectorTests {
    private static func text(_ bytes: [UInt8]) -> JSONValue {
        .string(String(decoding: bytes, as: UTF8.self))
    }

    private static func check(_ path: String, _ value: JSONValue) throws {
        try RecordedVectors.check(path, Array(value.indented.utf8))
    }

    // MARK: Entries

    private static func altered(
        _ changes: JSONObject, _ entry: RegistryEntry, raw: (String) -> String = { $0 }
    ) throws -> [UInt8] {
        guard case .object(var object) = try JSONValue(parsing: entry.note.text) else {
            throw SampleError.noFile
        }
        for member in changes.members {
            object[member.name] = member.value == .null ? nil : member.value
        }
        let text = raw(String(decoding: JSONValue.object(object).serialized, as: UTF8.self)) + "\n"
        return try SignedNote(
            text: text, signatures: [SampleKeys.signer(entry.envelope.author).sign(text)]
        ).serialized
    }

    @Test func entriesThatReadAndThatDoNot() throws {
        let log = try SampleNetwork().ph
        let honest = log.entries[0]
        let cases: [(String, [UInt8])] = [
            ("an honest entry", honest.serialized),
            ("a member of another version", try Self.altered(["x-note": "kept"], honest)),
            ("an unknown member makes it an unknown act", try Self.altered(["new": 1], honest)),
            ("an unknown kind", try Self.altered(["kind": "shortage-list"], honest)),
            ("an extract offered as an entry", try Self.altered(["type": "extract"], honest)),
            ("no id", try Self.altered(["id": .null], honest)),
            (
                "an id in capitals",
                try Self.altered(["id": "00112233445566778899AABBCCDDEEFF"], honest)
            ),
            ("a subject twice", try Self.altered(["subjects": ["PH", "PH"]], honest)),
            ("a subject that is not listed", try Self.altered(["subjects": ["DE"]], honest)),
            ("a decimal number", try Self.altered(["x-n": .decimal("1.5")], honest)),
            (
                "a member twice",
                try Self.altered([:], honest, raw: { #"{"type":"entry","# + $0.dropFirst() })
            ),
            ("text after the object", try Self.altered([:], honest, raw: { $0 + " {}" })),
            ("no signature", Array(honest.note.text.utf8)),
        ]
        let vectors: [JSONValue] = cases.map { comment, bytes in
            var vector: JSONObject = ["comment": .string(comment), "entry": Self.text(bytes)]
            do throws(RegistryError) {
                let entry = try RegistryEntry(parsing: bytes)
                if case .unknown = entry.act {
                    vector["expect"] = "unknown"
                } else {
                    vector["expect"] = "accepted"
                }
                vector["identity"] = .string(entry.identity.hexadecimal)
            } catch {
                vector["expect"] = "refused"
                vector["reason"] = .string(error.description)
            }
            return .object(vector)
        }
        try Self.check("entry/entries.json", .array(vectors))
    }

    /// A log with a mandate, an accreditation, a theft and its end: what each entry is good for
    /// where it stands, and what stands in the end.
    @Test func whatEntriesAreGoodForInTheirPlace() throws {
        var network = try SampleNetwork()
        let old = network.ph.entries[Int(network.accreditation)]
        try network.ph.add(
            "accreditation", by: "tesda", about: ["ph.other", "q.de.x"],
            SampleActs.accreditation(
                "ph.other", SampleKeys.signer("ph.other").verifier, qualifications: ["q.de.x"]))
        try network.ph.withdraw(network.accreditation, by: "stranger")
        let stolen = try network.ph.add(
            "accreditation", by: "tesda", about: ["ph.forger", "q.ph.smaw-nc2"],
            SampleActs.accreditation("ph.forger", SampleKeys.signer("ph.forger").verifier))
        try network.ph.add(
            "status-event", by: "PH-root", about: ["tesda"],
            SampleActs.event(
                "compromise", about: "tesda", key: SampleKeys.signer("tesda").verifier,
                since: Int64(stolen)))
        try network.ph.withdraw(network.accreditation, by: "PH-root")
        network.ph.append(old)
        try network.ph.seal(at: .noon("2026-10-05"))
        var state = LogState(pin: network.ph.pin)
        let judged: [JSONValue] = try network.ph.logged().map { logged in
            let judgement = state.apply(logged)
            let (word, objection): (String, Objection?) =
                switch judgement {
                case .effective: ("effective", nil)
                case .advisory(let objection): ("advisory", objection)
                case .void(let objection): ("void", objection)
                }
            var vector: JSONObject = [
                "index": .integer(Int64(logged.index)), "entry": Self.text(logged.entry.serialized),
                "logged": .string(logged.loggedTime.description), "expect": .string(word),
            ]
            vector["reason"] = objection.map { .string($0.rawValue) }
            return .object(vector)
        }
        let standing = state.acts.filter { $0.isMandated && $0.end == nil }
        try Self.check(
            "entry/log.json",
            [
                "comment": .string(
                    "one log: what each entry is good for when it comes, and, by index, what stands "
                        + "in the end: the key was compromised from index \(stolen) on"),
                "origin": .string(network.ph.origin),
                "root": .string(network.ph.root.verifier.description),
                "nextRoot": .string(network.ph.pin.nextRoot.hexadecimal),
                "entries": .array(judged),
                "standing": .array(standing.map { .integer(Int64($0.logged.index)) }),
            ])
    }

    // MARK: Batches, extracts, dossiers

    @Test func aBatchWithItsPaths() throws {
        var network = try SampleNetwork()
        let files = try network.issue((0..<3).map { try network.award(index: $0) })
        let index = Int(files[0].batch?.entryIndex ?? 0)
        try Self.check(
            "batch/batch.json",
            [
                "comment": "three awards among 64 leaves; every path leads to the entry's root",
                "entry": Self.text(network.ph.entries[index].serialized),
                "files": .array(try files.map { try JSONValue(parsing: $0.serialized) }),
                "leaves": .array(
                    files.map {
                        .string(
                            MerkleTree.leafHash($0.credential.issuerSignedBytes).hexadecimal)
                    }),
            ])
    }

    @Test func anExtractOfTwoLogs() throws {
        let (network, file) = try SampleNetwork.standard()
        let dossier = try network.dossier(file)
        try RecordedVectors.check("extract/extract.txt", dossier.extract?.serialized ?? [])
    }

    @Test(arguments: ["granted", "revoked", "withdrawal-left-out", "extract-missing"])
    func aDossierWithItsVerdict(_ name: String) throws {
        var (network, file) = try SampleNetwork.standard()
        var dossier = try network.dossier(file)
        switch name {
        case "revoked":
            try network.publishList(2, [7: .invalid])
            try network.refresh()
            dossier = try network.dossier(file)
        case "withdrawal-left-out":
            let event = try network.ph.add(
                "status-event", by: "tesda", about: [SampleNetwork.body],
                SampleActs.event("void", about: SampleNetwork.body))
            try network.refresh()
            dossier = try network.dossier(file)
                .replacing("PH") { $0.index == event ? nil : $0 }
        case "extract-missing": dossier = try network.dossier(file, withExtract: false)
        default: break
        }
        let verdict = try network.verify(dossier, SampleNetwork.visa)
        let folder = "dossier/\(name)"
        try RecordedVectors.check("\(folder)/anchor.json", network.anchor().serialized)
        try RecordedVectors.check("\(folder)/dossier.json", dossier.serialized)
        try Self.check("\(folder)/verdict.json", verdict.document)
    }

    // MARK: Pages

    /// The rows of the first column of the tables under a heading: `code` in backticks.
    private static func codes(_ page: String, under heading: String) -> [String] {
        var isInside = false
        var codes: [String] = []
        for line in page.split(separator: "\n") {
            if line.utf8.starts(with: "#".utf8) { isInside = line == "## \(heading)" }
            guard isInside, line.utf8.starts(with: "| `".utf8) else { continue }
            codes.append(String(line.dropFirst(3).prefix { $0 != "`" }))
        }
        return codes
    }

    @Test func thePageListsEveryReasonCode() throws {
        let page = try RecordedVectors.page("verification.md")
        #expect(Self.codes(page, under: "Reason codes") == ReasonCode.allCases.map(\.rawValue))
    }

    @Test func thePageListsEveryKind() throws {
        let page = try RecordedVectors.page("entry.md")
        let kinds = Self.codes(page, under: "Kinds")
        #expect(kinds.count == 16)
        let log = try SampleLog("PH")
        for kind in kinds {
            // An empty act of a known kind is refused for what is missing, not for its kind.
            let error = #expect(throws: RegistryError.self) {
                try log.entry(kind, by: "a", about: ["a"], [:])
            }
            #expect(error != .unknownKind(kind))
        }
    }
}
