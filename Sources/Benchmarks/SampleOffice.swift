import Credentials
import Cryptography
import Encoding
import Foundation
import Issuance
import Records
import Registrar
import Registry
import TransparencyLog
import Verification

/// A country with one accredited centre in a folder of its own, for measuring.
///
/// Real files, real keys, real acts; the log is unwitnessed.
struct SampleOffice {
    private let temporary: TemporaryFolder
    var folder: URL { URL(filePath: temporary.path, directoryHint: .isDirectory) }
    let office: Office
    let records: RecordStore
    let desk: AwardDesk
    /// The key of the centre, and its file.
    let key: SigningKey
    var keyFile: URL { folder.appending(path: "centre.key") }
    let now: Timestamp

    static let body = "xx.centre"

    static let qualification = "xx.sample-welding"

    init() async throws {
        temporary = try TemporaryFolder()
        now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        office = try await Office.found(
            NodeDirectory(temporary.path), country: "XX", origin: "sample.concord.example/xx/1",
            names: ["en": "Sample"], isSample: true, passphrase: nil, at: now
        ) { key, role, name in
            KeyFile(unsealed: key, role: role, name: name, isSample: true)
        }
        var generator = SystemRandomNumberGenerator()
        let authority = SigningKey.generated(using: &generator)
        let body = SigningKey.generated(using: &generator)
        let authorityKey = try NoteKey(
            name: "xx.authority", algorithm: .ed25519, key: authority.verificationKey)
        let bodyKey = try NoteKey(
            name: "xx.centre", algorithm: .ed25519, key: body.verificationKey)
        let root = office.card.pin.root.name
        let signer = try NoteSigner(name: "xx.authority", key: authority, algorithm: .ed25519)
        try await office.publish(
            [
                ActDraft(
                    kind: "key", author: root, subjects: ["xx.authority"],
                    act: [
                        "role": "authority", "holder": "xx.authority",
                        "key": .string(authorityKey.description),
                    ]),
                ActDraft(
                    kind: "mandate", author: root, subjects: ["xx.authority", "XX"],
                    act: [
                        "authority": "xx.authority", "names": ["en": "Sample Authority"],
                        "acts": ["accredit", "register", "recognise"], "scope": ["*"],
                        "territory": ["XX"], "from": "2000-01-01",
                    ]),
                ActDraft(
                    kind: "qualification", author: "xx.authority",
                    subjects: [Self.qualification],
                    act: [
                        "qualification": .string(Self.qualification), "version": "1",
                        "country": "XX", "titles": ["en": "Sample Welding"],
                        "isco08": ["7212"], "iscedF": ["0715"], "units": [],
                    ]),
                ActDraft(
                    kind: "accreditation", author: "xx.authority",
                    subjects: ["xx.centre", Self.qualification],
                    act: [
                        "body": "xx.centre", "names": ["en": "Sample Centre"],
                        "key": .string(bodyKey.description),
                        "qualifications": [.string(Self.qualification)], "from": "2000-01-01",
                    ]),
                ActDraft(
                    kind: "equivalence", author: "xx.authority",
                    subjects: [Self.qualification, "isco:7212"],
                    act: [
                        "jurisdiction": "XX", "purposes": ["visa-skill"],
                        "target": ["occ": "7212"],
                        "entry": [["p": "award-qual", "in": [.string(Self.qualification)]]],
                        "effect": "right", "differences": [], "since": "2020-01-01",
                    ]),
                // A right is none to a verifier who does not know whether it is regulated (R12).
                ActDraft(
                    kind: "regulation", author: "xx.authority", subjects: ["isco:7212", "XX"],
                    act: [
                        "jurisdiction": "XX", "occupation": "7212", "regulated": false,
                    ]),
            ], signers: ["xx.authority": signer], at: now)
        records = try office.records(passphrase: nil)
        desk = try AwardDesk(office: office, records: records, key: body, body: Self.body)
        key = body
        let file = KeyFile(unsealed: body, role: "body", name: Self.body, isSample: true)
        try Data(file.serialized).write(to: keyFile)
    }

    /// - Parameter holder: the key to which they are bound; nil: to none.
    func issue(
        _ count: Int, boundTo holder: VerificationKey? = nil
    ) async throws -> AwardDesk.Issued {
        let key = holder == nil ? "" : ",\"holder_key\":\"holder\""
        let line = """
            {"name":"Testina Exemplar","birth_year":1999,"birthdate":"1999-01-01",\
            "qualification":"\(Self.qualification)","version":"1","awarded":"\(now.day)"\(key)}
            """
        let text = "[" + Array(repeating: line, count: count).joined(separator: ",") + "]"
        return try await desk.issue(
            try AwardRequest.list(parsing: Array(text.utf8)),
            holderKeys: holder.map { ["holder": JSONWebKey($0)] } ?? [:], at: now)
    }

    func remove() { temporary.remove() }
}
