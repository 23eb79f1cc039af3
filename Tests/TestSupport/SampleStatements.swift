public import Credentials
internal import Cryptography
public import Encoding
import Issuance
import Registry
public import TransparencyLog

/// What authorities and bodies of the sample countries state about Ana Reyes.
extension SampleNetwork {
    public static let decision: JSONObject = [
        "jurisdiction": "DE", "occupation": "7212", "decided": "2026-11-01",
        "purposes": ["visa-skill"], "target": ["occ": "7212"], "result": "partial",
        "differences": ["control technology"],
    ]
    public static let experience: JSONObject = [
        "kind": "experience", "occupation": "7212", "jurisdiction": "PH",
        "since": "2020-01-01", "until": "2024-12-31",
    ]
    public static let test: JSONObject = [
        "kind": "test", "name": "aptitude", "date": "2026-10-20",
    ]

    /// The list of an authority or body, as `SampleStatements` publishes it.
    public static func list(of issuer: String) -> String { "urn:concord:status:\(issuer):1" }

    /// The same countries, with the authority `prc` in PH whose mandates allow what is given.
    public mutating func addAuthority(
        _ acts: [String], scope: [String] = ["isco:*"], territory: [String] = ["PH"],
        until: String? = nil
    ) throws {
        try ph.add(
            "mandate", by: ph.root.verifier.name, about: ["prc"],
            SampleActs.mandate("prc", acts, scope: scope, territory: territory, until: until))
        try ph.add(
            "key", by: ph.root.verifier.name, about: ["prc"],
            SampleActs.key("authority", "prc", SampleKeys.signer("prc").verifier))
    }

    public static func statement(
        _ kind: StatementCredential.Kind = .decision, _ members: JSONObject = decision,
        by issuer: String = "de.ihk", in country: String = "DE", on day: String = "2026-11-02",
        index: Int = 3, change: (inout StatementCredential) -> Void = { _ in }
    ) throws -> StatementCredential {
        let seed = HashValue(of: "\(kind.rawValue) \(issuer) \(index)".utf8)
        var statement = try StatementCredential(
            kind, id: Hexadecimal.encode(seed.bytes.prefix(16)), issued: .day(day),
            statement: members, formerName: kind == .link ? "Ana Cruz" : nil,
            frame: CredentialFrame(
                issuer: issuer, country: country, issuedAt: CalendarDate.day(day).start,
                status: StatusReference(uri: list(of: issuer), index: index), name: "Ana Reyes",
                birthYear: 1994))
        change(&statement)
        return statement
    }

    /// Signs statements of one issuer, publishes its list and their batch, and lets the
    /// witnesses see it the next day.
    public mutating func issue(
        statements: [StatementCredential], by signer: NoteSigner? = nil,
        key: String? = nil, logged: String = "2026-11-03", revoked: [Int] = [],
        withList: Bool = true
    ) throws -> [CredentialFile] {
        guard let first = statements.first else { throw SampleError.noFile }
        var generator = SeededGenerator(seed: UInt64(ph.size + de.size))
        let issuer = first.issuer
        let batch = try AwardBatch(
            signing: statements.map(IssuedCredential.statement),
            by: SampleKeys.signing(key ?? issuer), using: &generator)
        let isGerman = first.country == "DE"
        var log = isGerman ? de : ph
        if withList {
            try publishList(1, revoked: revoked, of: issuer, in: &log)
        }
        let index = try log.add(
            "batch", by: issuer, about: [issuer],
            batch.act(body: issuer, list: SampleNetwork.list(of: issuer)),
            signedBy: [signer ?? SampleKeys.signer(issuer)])
        try log.seal(at: .noon(logged))
        if isGerman { de = log } else { ph = log }
        return batch.files(origin: log.origin, entry: index)
    }

    public mutating func publishList(
        _ number: Int64, revoked: [Int], of issuer: String, in log: inout SampleLog
    ) throws {
        let list = SampleNetwork.list(of: issuer)
        let token = try SampleNetwork.token(
            Dictionary(revoked.map { ($0, Status.invalid) }, uniquingKeysWith: { $1 }),
            list: list, key: SampleKeys.signing(issuer))
        lists[token.hash] = token.serialized
        try log.add(
            "status-list", by: issuer, about: [issuer, list],
            [
                "body": .string(issuer), "list": .string(list), "number": .integer(number),
                "hash": .string(token.hash.hexadecimal),
            ])
    }
}
