import Credentials
import Cryptography
import Encoding
import Foundation
import Issuance
import Registrar
import Registry
import Storage
import TransparencyLog

/// A country of the throw-away network: a node of its own, one authority, one qualification.
struct AttackedCountry: Sendable {
    let code: String
    let office: Office
    let authority: NoteSigner

    var origin: String { office.card.pin.origin }
    var qualification: String { "\(code.lowercased()).welding" }
    /// The entries of its log.
    var size: UInt64 {
        get throws { try office.database.read { try $0.log(origin)?.size ?? 0 } }
    }

    private var prefix: String { code.lowercased() }

    /// Founds the node, and lets its root name the authority.
    init(_ code: String, in folder: URL, at time: Timestamp) async throws {
        let prefix = code.lowercased()
        self.code = code
        office = try await Office.found(
            NodeDirectory(folder.appending(path: prefix).path), country: code,
            origin: "attack.example/\(prefix)/1", names: ["en": .string("Sample \(code)")],
            isSample: true, passphrase: nil, at: time
        ) { key, role, name in
            KeyFile(unsealed: key, role: role, name: name, isSample: true)
        }
        var generator = SystemRandomNumberGenerator()
        authority = try NoteSigner(
            name: "\(prefix).authority", key: .generated(using: &generator), algorithm: .ed25519)
        let name = authority.verifier.name
        let root = office.card.pin.root.name
        let drafts = [
            ActDraft(
                kind: "key", author: root, subjects: [name],
                act: [
                    "role": "authority", "holder": .string(name),
                    "key": .string(authority.verifier.description),
                ]),
            ActDraft(
                kind: "mandate", author: root, subjects: [name, code],
                act: [
                    "authority": .string(name), "names": ["en": .string("Authority of \(code)")],
                    "acts": ["accredit", "register"], "scope": [.string("\(prefix).*")],
                    "territory": [.string(code)], "from": "2000-01-01",
                ]),
            ActDraft(
                kind: "qualification", author: name, subjects: ["\(prefix).welding"],
                act: [
                    "qualification": .string("\(prefix).welding"), "version": "1",
                    "country": .string(code), "titles": ["en": "Sample Welding"],
                    "isco08": ["7212"], "iscedF": ["0715"], "units": [],
                ]),
        ]
        try await office.publish(drafts, signers: [name: authority], at: time)
    }

    /// Publishes one act.
    @discardableResult
    func publish(
        _ kind: String, by signer: NoteSigner, about subjects: [String], _ act: JSONObject,
        blobs: [[UInt8]] = [], at time: Timestamp
    ) async throws -> Office.Publication {
        let name = signer.verifier.name
        let draft = ActDraft(kind: kind, author: name, subjects: subjects, act: act)
        return try await office.publish(
            [draft], signers: [name: signer], blobs: blobs, at: time)[0]
    }

    /// Accredits a body with a fresh key.
    func accredit(_ name: String, _ shown: String, at time: Timestamp) async throws -> AttackedBody
    {
        var generator = SystemRandomNumberGenerator()
        let body = try AttackedBody(
            id: "\(prefix).\(name)", key: .generated(using: &generator))
        let act = try await publish(
            "accreditation", by: authority, about: [body.id, qualification],
            [
                "body": .string(body.id), "names": ["en": .string(shown)],
                "key": .string(body.signer.verifier.description),
                "qualifications": [.string(qualification)], "from": "2015-01-01",
            ], at: time)
        return body.accredited(by: act.entry.identity)
    }

    /// Logs a status list that says this of those indexes, and that everything else is valid.
    ///
    /// - Parameter key: who signs the list; nil: the body.
    func publishList(
        _ number: Int64, of body: AttackedBody, saying states: [Int: Status] = [:], bits: Int = 2,
        signedBy key: SigningKey? = nil, at time: Timestamp
    ) async throws {
        var list = StatusList(bits: bits, count: AttackedBody.slots)
        for (index, status) in states { try list.set(status, at: index) }
        let token = StatusListToken.signed(
            list, subject: body.list, at: time, by: key ?? body.key)
        try await publish(
            "status-list", by: body.signer, about: [body.id, body.list],
            [
                "body": .string(body.id), "list": .string(body.list),
                "number": .integer(number), "hash": .string(token.hash.hexadecimal),
            ], blobs: [token.serialized], at: time)
    }

    /// Signs the awards and logs their batch, without asking whether the body may.
    ///
    /// - Parameter isOpen: for paper: nothing in them can be kept back.
    func issue(
        _ awards: [QualificationCredential], isOpen: Bool = false, by body: AttackedBody,
        at time: Timestamp
    ) async throws -> [CredentialFile] {
        var generator = SystemRandomNumberGenerator()
        let batch = try AwardBatch(
            signing: awards.map { .award($0) }, by: body.key, isOpen: isOpen, using: &generator)
        let logged = try await publish(
            "batch", by: body.signer, about: [body.id],
            batch.act(body: body.id, list: body.list), at: time)
        return batch.files(origin: origin, entry: logged.index)
    }
}
