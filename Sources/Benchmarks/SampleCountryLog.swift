import Cryptography
import Encoding
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog

/// The log of one country of the sample world: real keys, real signed acts.
struct SampleCountryLog {
    let country: String
    let pin: LogPin
    let signer: NoteSigner
    private let root: NoteSigner
    private let authority: NoteSigner

    init(_ country: String) throws {
        self.country = country
        let origin = "sample.concord.example/\(country.lowercased())/1"
        func key(_ name: String, _ role: UInt8) throws -> NoteSigner {
            let seed = HashValue(of: "\(country) \(role)".utf8).bytes
            return try NoteSigner(name: name, key: SigningKey(seed: seed), algorithm: .ed25519)
        }
        signer = try key(origin, 1)
        root = try key("\(country.lowercased()).root", 2)
        authority = try key("\(country.lowercased()).authority", 3)
        pin = LogPin(
            origin: origin, root: root.verifier,
            nextRoot: HashValue(of: "next \(country)".utf8))
    }

    static func qualification(_ country: String, _ number: Int) -> String {
        "\(country.lowercased()).q\(number)"
    }

    static func occupation(_ number: Int) -> String {
        String(1_000 + number % SampleWorld.occupations)
    }

    /// Governance first, then entries of all kinds in turn.
    func entries(
        _ count: Int, peers: [SampleCountryLog], countries: [String]
    ) throws -> [NewEntry] {
        var generator = SystemRandomNumberGenerator()
        var entries: [NewEntry] = []
        entries.reserveCapacity(count)
        func add(_ draft: ActDraft, by signer: NoteSigner) throws {
            let entry = try draft.entry(for: pin.origin, signedBy: [signer], using: &generator)
            // Making an entry has read it: what it is found by is known.
            entries.append(
                NewEntry(
                    bytes: entry.serialized, identity: entry.identity, kind: entry.envelope.kind,
                    subjects: entry.envelope.subjects))
        }
        for draft in governance(peers) { try add(draft, by: root) }
        for number in 0..<max(count - entries.count, 0) {
            try add(act(number, countries), by: authority)
        }
        return entries
    }

    /// Stores the entries under one signed checkpoint.
    func store(_ entries: [NewEntry], in database: LogDatabase) throws {
        try database.addLog(pin.origin, isOwn: false)
        let edge = try database.read { snapshot throws(StorageError) in
            try snapshot.edge(pin.origin)
        }
        var growth = LogExtension(extending: edge)
        growth.append(contentsOf: entries)
        let head = try TreeHead(origin: pin.origin, size: growth.newSize, root: growth.root)
        try database.append(
            growth, to: pin.origin,
            record: CheckpointRecord(Checkpoint.signed(head, by: signer)))
    }

    private func governance(_ peers: [SampleCountryLog]) -> [ActDraft] {
        let name = root.verifier.name
        func draft(_ kind: String, _ subjects: [String], _ act: JSONObject) -> ActDraft {
            ActDraft(kind: kind, author: name, subjects: subjects, act: act)
        }
        var drafts = [
            draft("country", [country], ["country": .string(country), "names": ["en": "Sample"]]),
            draft(
                "key", [authority.verifier.name],
                [
                    "role": "authority", "holder": .string(authority.verifier.name),
                    "key": .string(authority.verifier.description),
                ]),
            draft(
                "mandate", [authority.verifier.name, country],
                [
                    "authority": .string(authority.verifier.name),
                    "names": ["en": "Sample Authority"],
                    "acts": ["recognise", "register", "accredit", "reference"],
                    "scope": ["*"], "territory": [.string(country)], "from": "2000-01-01",
                ]),
        ]
        drafts += peers.map { peer in
            draft(
                "peer", [peer.country],
                [
                    "country": .string(peer.country), "origin": .string(peer.pin.origin),
                    "root": .string(peer.root.verifier.description),
                    "nextRoot": .string(peer.pin.nextRoot.hexadecimal),
                    "log": .string(peer.signer.verifier.description), "policy": "quorum none\n",
                ])
        }
        return drafts
    }

    /// Of twenty entries, twelve batches, three accreditations, three equivalences, one
    /// qualification, one regulation.
    private func act(_ number: Int, _ countries: [String]) -> ActDraft {
        let body = "\(country.lowercased()).centre\(number % 50)"
        let author = authority.verifier.name
        switch number % 20 {
        case 0:
            let id = Self.qualification(country, number / 20)
            return ActDraft(
                kind: "qualification", author: author, subjects: [id],
                act: [
                    "qualification": .string(id), "version": "1", "country": .string(country),
                    "titles": ["en": .string("Sample qualification \(number / 20)")],
                    "isco08": [.string(Self.occupation(number / 20))], "iscedF": ["0715"],
                    "units": [["code": "U1", "title": "Sample unit", "kind": "core"]],
                ])
        case 1:
            let occupation = Self.occupation(number / 20)
            return ActDraft(
                kind: "regulation", author: author,
                subjects: ["isco:\(occupation)", country],
                act: [
                    "jurisdiction": .string(country), "occupation": .string(occupation),
                    "regulated": false,
                ])
        case 2, 3, 4: return equivalence(number, author, countries)
        case 5, 6, 7:
            let id = Self.qualification(country, number / 20)
            return ActDraft(
                kind: "accreditation", author: author, subjects: [body, id],
                act: [
                    "body": .string(body), "names": ["en": "Sample Centre"],
                    "key": .string(authority.verifier.description), "qualifications": [.string(id)],
                    "from": "2000-01-01",
                ])
        default:
            return ActDraft(
                kind: "batch", author: body, subjects: [body],
                act: [
                    "body": .string(body), "list": .string("urn:concord:status:\(body):1"),
                    "count": .integer(Int64(number) + 64), "earliest": "2026-01-01",
                    "latest": "2026-01-31",
                    "root": .string(HashValue(of: "\(number)".utf8).hexadecimal),
                ])
        }
    }

    /// What another country's qualification for one of its occupations counts as here.
    private func equivalence(
        _ number: Int, _ author: String, _ countries: [String]
    ) -> ActDraft {
        let place = number / 20
        let from = countries[(place * 7 + number % 20 * 13 + country.hashed) % countries.count]
        let id = Self.qualification(from, place)
        let occupation = Self.occupation(place)
        return ActDraft(
            kind: "equivalence", author: author, subjects: [id, "isco:\(occupation)"],
            act: [
                "jurisdiction": .string(country), "purposes": ["visa-skill", "title"],
                "target": ["occ": .string(occupation)],
                "entry": [["p": "award-qual", "in": [.string(id)]]], "effect": "right",
                "differences": number % 2 == 0 ? [] : ["Sample difference"],
                "since": "2020-01-01",
            ])
    }
}

extension String {
    /// The same small number for the same text in every run.
    fileprivate var hashed: Int { utf8.reduce(7) { ($0 * 31 + Int($1)) % 9_973 } }
}
