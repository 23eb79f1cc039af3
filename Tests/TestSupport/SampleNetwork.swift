public import Credentials
public import Cryptography
public import Encoding
import Issuance
import Recognition
import Registry
public import TransparencyLog
public import Verification

/// Two countries: PH awards a welding qualification, DE says what it counts for.
///
/// Everything follows from names and days; tests change what they are about.
public struct SampleNetwork {
    public var ph: SampleLog
    public var de: SampleLog
    public var lists: [HashValue: [UInt8]] = [:]
    /// The index of the accreditation of `ph.centre`.
    public private(set) var accreditation: UInt64 = 0
    private var generator: SeededGenerator

    public static let list = "urn:concord:status:ph.centre:1"
    public static let body = "ph.centre"
    /// When the sample questions are asked.
    public static let now = Timestamp(seconds: 1_795_435_200)  // 2026-11-23T12:00:00Z

    /// Both countries with their authorities, a body, and a first status list; nothing sealed.
    public init(
        isWitnessed: Bool = true, archive: Bool = false, site: String? = nil, seed: UInt64 = 1
    ) throws {
        generator = SeededGenerator(seed: seed)
        ph = try SampleLog("PH", isWitnessed: isWitnessed)
        de = try SampleLog("DE", isWitnessed: isWitnessed)
        try SampleNetwork.begin(&ph)
        try ph.add(
            "mandate", by: ph.root.verifier.name, about: ["tesda"],
            SampleActs.mandate(
                "tesda", ["award", "register", "accredit"], scope: ["q.ph.*"], territory: ["PH"]))
        try ph.add(
            "key", by: ph.root.verifier.name, about: ["tesda"],
            SampleActs.key("authority", "tesda", SampleKeys.signer("tesda").verifier))
        try ph.add(
            "qualification", by: "tesda", about: ["q.ph.smaw-nc2"], SampleActs.qualification())
        accreditation = try ph.add(
            "accreditation", by: "tesda", about: [SampleNetwork.body, "q.ph.smaw-nc2"],
            SampleActs.accreditation(
                SampleNetwork.body, SampleKeys.signer(SampleNetwork.body).verifier, site: site,
                archive: archive))
        try ph.seal(at: .noon("2026-10-01"))

        try SampleNetwork.begin(&de)
        for holder in ["hold-a", "hold-b"] {
            try de.add(
                "key", by: de.root.verifier.name, about: [holder],
                SampleActs.key("extract", holder, SampleKeys.signer(holder).verifier))
        }
        try de.add(
            "peer", by: de.root.verifier.name, about: ["PH"],
            try SampleActs.peer("PH", ph.pin, ph.policyText))
        try de.add(
            "mandate", by: de.root.verifier.name, about: ["de.ihk"],
            SampleActs.mandate(
                "de.ihk", ["recognise"], scope: ["isco:*", "q.de.*"], territory: ["DE"]))
        try de.add(
            "key", by: de.root.verifier.name, about: ["de.ihk"],
            SampleActs.key("authority", "de.ihk", SampleKeys.signer("de.ihk").verifier))
        try de.add(
            "regulation", by: "de.ihk", about: ["isco:7212", "DE"],
            SampleActs.regulation("DE", "7212", regulated: false))
        try de.add(
            "equivalence", by: "de.ihk", about: ["q.ph.smaw-nc2", "isco:7212"],
            SampleActs.equivalence("DE"))
        try de.seal(at: .noon("2026-10-01"))
    }

    private static func begin(_ log: inout SampleLog) throws {
        let root = log.root.verifier
        try log.add(
            "country", by: root.name, about: [log.country],
            ["country": .string(log.country), "names": ["en": .string("Country \(log.country)")]])
        try log.add(
            "key", by: root.name, about: [root.name],
            SampleActs.key(
                "root", root.name, root, nextRoot: log.pin.nextRoot.hexadecimal))
        try log.add(
            "key", by: root.name, about: [log.origin],
            SampleActs.key("log", log.origin, log.logSigner().verifier))
    }

    /// The sample as most tests want it: one award of 2026-11-02, in a batch and on a list that
    /// witnesses saw this morning.
    public static func standard() throws -> (network: SampleNetwork, file: CredentialFile) {
        var network = try SampleNetwork()
        try network.publishList(1)
        let file = try network.issue([network.award()])[0]
        try network.ph.seal(at: .noon("2026-11-03"))
        try network.refresh()
        return (network, file)
    }

    /// Both logs seen by their witnesses, one hour before the sample questions.
    public mutating func refresh(at time: Timestamp = now + -3_600) throws {
        try ph.seal(at: time)
        try de.seal(at: time)
    }

    // MARK: Awards and lists

    public func award(
        _ awarded: String = "2026-11-02", index: Int = 7,
        _ change: (inout QualificationCredential) -> Void = { _ in }
    ) throws -> QualificationCredential {
        var award = try QualificationCredential(
            issuer: SampleNetwork.body, country: "PH", qualification: "q.ph.smaw-nc2",
            version: "TR 2005", awarded: .day(awarded),
            issuedAt: CalendarDate.day(awarded).start,
            status: StatusReference(uri: SampleNetwork.list, index: index), name: "Ana Reyes",
            birthYear: 1994)
        change(&award)
        return award
    }

    /// Signs the awards and puts their batch into the log; the caller seals.
    public mutating func issue(
        _ awards: [QualificationCredential], body: String = body, by signer: NoteSigner? = nil,
        key: SigningKey? = nil, list: String = list, countersignedBy others: [NoteSigner] = []
    ) throws -> [CredentialFile] {
        let batch = try AwardBatch(
            signing: awards, by: key ?? SampleKeys.signing(body), using: &generator)
        let signer = try signer ?? SampleKeys.signer(body)
        let index = try ph.add(
            "batch", by: body, about: [body], batch.act(body: body, list: list),
            signedBy: [signer] + others)
        return batch.files(origin: ph.origin, entry: index)
    }

    /// A list on which all are valid but those given.
    public static func token(
        _ statuses: [Int: Status] = [:], list: String = list, key: SigningKey,
        at time: Timestamp = now + -7_200, bits: Int = 8, expires: Timestamp? = nil
    ) throws -> StatusListToken {
        var states = StatusList(bits: bits, count: 1_024)
        for (index, status) in statuses { try states.set(status, at: index) }
        return StatusListToken.signed(
            states, subject: list, at: time, expires: expires, by: key)
    }

    @discardableResult
    public mutating func publishList(
        _ number: Int64, _ statuses: [Int: Status] = [:], list: String = list,
        body: String = body, by author: String? = nil, token: StatusListToken? = nil
    ) throws -> UInt64 {
        let author = author ?? body
        let token =
            try token
            ?? SampleNetwork.token(statuses, list: list, key: SampleKeys.signing(author))
        lists[token.hash] = token.serialized
        return try ph.add(
            "status-list", by: author, about: [body, list],
            [
                "body": .string(body), "list": .string(list), "number": .integer(number),
                "hash": .string(token.hash.hexadecimal),
            ])
    }

    // MARK: Questions

    public func anchor(_ freshness: Freshness = Freshness()) throws -> Anchor {
        Anchor(
            country: "DE", pin: de.pin,
            firstLogKey: try SampleKeys.signer(de.origin, seed: "DE-log").verifier,
            policy: try de.policy, freshness: freshness,
            isSample: true)
    }

    public static let visa = VerificationQuestion(
        destination: "DE", purpose: .visaSkill, target: Target(["occ": "7212"]))
    public static let authenticity = VerificationQuestion(destination: nil, purpose: nil)

    public func copies(
        splitView: String? = nil, newest: Timestamp? = nil, reading time: Timestamp = now
    ) throws -> Knowledge {
        Knowledge(
            anchor: try anchor(),
            logs: try [de, ph].map { log in
                let head = try log.newest()
                return Knowledge.Log(
                    country: log.country, state: try log.state(reading: time),
                    head: head.checkpoint.head, quorumTime: head.quorumTime,
                    isUnwitnessed: try log.policy.isUnwitnessed,
                    splitView: log.country == "PH" ? splitView : nil)
            }, statusLists: lists, provenance: .copies, newestQuorumTime: newest)
    }

    /// - Throws: `SampleError.answersDiffer` if the file among several is judged otherwise.
    public func verify(
        _ file: CredentialFile, _ question: VerificationQuestion = authenticity,
        with supporting: [CredentialFile] = [], challenge: ChallengeAnswer = .none,
        asked: [ClaimPath] = [], at time: Timestamp = now
    ) throws -> Verdict {
        let verifier = Verifier(
            knowledge: try copies(reading: time), question: question, at: time)
        let verdict = verifier.verify(
            file, supporting: supporting, challenge: challenge, asked: asked)
        guard
            !supporting.isEmpty || !asked.isEmpty
                || verifier.verify(each: [file, file], challenge: challenge) == [verdict, verdict]
        else { throw SampleError.answersDiffer }
        return verdict
    }
}
