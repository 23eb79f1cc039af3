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
    /// An entry with its inclusion proof under the log's checkpoint in the dossier.
    public struct Item: Hashable, Sendable {
        public let index: UInt64
        public let entry: RegistryEntry
        public let proof: [HashValue]

        public init(index: UInt64, entry: RegistryEntry, proof: [HashValue]) {
            self.index = index
            self.entry = entry
            self.proof = proof
        }
    }

    /// An older checkpoint, with the proof that the dossier's own extends it: the logged time
    /// of an entry is the earliest quorum time of those that cover it.
    public struct OlderCheckpoint: Hashable, Sendable {
        public let checkpoint: SignedNote
        public let consistency: [HashValue]

        public init(checkpoint: SignedNote, consistency: [HashValue]) {
            self.checkpoint = checkpoint
            self.consistency = consistency
        }
    }

    public struct Log: Hashable, Sendable {
        public let country: String
        public let checkpoint: SignedNote
        public let older: [OlderCheckpoint]
        public let items: [Item]

        public init(
            country: String, checkpoint: SignedNote, older: [OlderCheckpoint], items: [Item]
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
        guard Set(logs.map(\.country)).count == logs.count else {
            throw .dossier(.wrongForm(path: "logs", expected: "one log a country"))
        }
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
