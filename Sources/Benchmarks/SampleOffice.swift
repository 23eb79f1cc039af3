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
    let now: Timestamp

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
                        "acts": ["accredit", "register"], "scope": ["xx.*"],
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
            ], signers: ["xx.authority": signer], at: now)
        records = try office.records(passphrase: nil)
        desk = try AwardDesk(office: office, records: records, key: body, body: "xx.centre")
    }

    func issue(_ count: Int) async throws -> AwardDesk.Issued {
        let line = """
            {"name":"Testina Exemplar","birth_year":1999,"birthdate":"1999-01-01",\
            "qualification":"\(Self.qualification)","version":"1","awarded":"\(now.day)"}
            """
        let text = "[" + Array(repeating: line, count: count).joined(separator: ",") + "]"
        return try await desk.issue(
            try AwardRequest.list(parsing: Array(text.utf8)), holderKeys: [:], at: now)
    }

    func remove() { temporary.remove() }
}
