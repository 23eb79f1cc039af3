public import Encoding
internal import TransparencyLog

/// What an entry says, by its kind.
///
/// `Protocol/entry.md § Kinds`. A kind or a member that this version does not know gives
/// `unknown`: such an entry is stored and copied, and blocks answers about its subjects if
/// it is critical. Indirect, because acts are large and handed on often.
public indirect enum Act: Hashable, Sendable {
    case country(CountryProfile)
    case key(KeyStatement)
    case peer(PeerStatement)
    case mandate(Mandate)
    case accreditation(Accreditation)
    case qualification(Qualification)
    case framework(Framework)
    case referencing(Referencing)
    case regulation(Regulation)
    case equivalence(Equivalence)
    case instrument(Instrument)
    case batch(Batch)
    case statusList(StatusListPublication)
    case statusEvent(StatusEvent)
    case withdrawal(Withdrawal)
    case successor(Successor)
    case unknown(String)

    /// An act as a draft states it, before it has an author's signature or a place in a log: a
    /// predicate that nobody knows is kept.
    ///
    /// - Throws: for an unknown kind or member, or one of another form, with its path.
    public init(draft members: JSONObject, kind: String, at path: String) throws(ParsingError) {
        var reader = MemberReader(members, at: path)
        self = try Act(kind: kind, reading: &reader, isDraft: true)
        if case .unknown = self { throw .unknownMember(path: kind) }
    }

    init(
        kind: String, reading reader: inout MemberReader, isDraft: Bool = false
    ) throws(ParsingError) {
        switch kind {
        case "country": self = .country(try CountryProfile(reading: &reader))
        case "key": self = .key(try KeyStatement(reading: &reader))
        case "peer": self = .peer(try PeerStatement(reading: &reader))
        case "mandate": self = .mandate(try Mandate(reading: &reader))
        case "accreditation": self = .accreditation(try Accreditation(reading: &reader))
        case "qualification": self = .qualification(try Qualification(reading: &reader))
        case "framework": self = .framework(try Framework(reading: &reader))
        case "referencing": self = .referencing(try Referencing(reading: &reader))
        case "regulation": self = .regulation(try Regulation(reading: &reader))
        case "equivalence":
            self = .equivalence(try Equivalence(reading: &reader, isDraft: isDraft))
        case "instrument": self = .instrument(try Instrument(reading: &reader, isDraft: isDraft))
        case "batch": self = .batch(try Batch(reading: &reader))
        case "status-list": self = .statusList(try StatusListPublication(reading: &reader))
        case "status-event": self = .statusEvent(try StatusEvent(reading: &reader))
        case "withdrawal": self = .withdrawal(try Withdrawal(reading: &reader))
        case "successor": self = .successor(try Successor(reading: &reader))
        default:
            self = .unknown(kind)
            return
        }
        try reader.finish()
    }

    /// The subjects that the envelope must list, so that the act is found when it matters.
    public var requiredSubjects: [String] {
        switch self {
        case .country(let act): [act.country]
        case .key(let act): [act.holder]
        case .peer(let act): [act.country]
        case .mandate(let act): [act.authority]
        case .accreditation(let act): [act.body] + act.qualifications
        case .qualification(let act): [act.id]
        case .framework(let act): [act.id]
        case .referencing(let act): [act.from, act.to]
        case .regulation(let act): ["isco:\(act.occupation)", act.jurisdiction]
        case .equivalence(let act): act.subjects
        case .instrument(let act): act.subjects
        case .batch(let act): [act.body]
        case .statusList(let act): [act.body, act.list]
        case .statusEvent(let act): [act.target.subject]
        case .withdrawal: []
        case .successor(let act): [act.log.name]
        case .unknown: []
        }
    }

    /// Acts that shape who may do what: read for every question about their log, together
    /// with every entry that lists one of the `LogState.governanceSubjects`.
    public static let governanceKinds = ["country", "key", "peer", "mandate", "successor"]

    /// Acts that take something away: they count as soon as the log has signed them, while
    /// what they take away counted only with a quorum. For a withdrawal it depends on what is
    /// withdrawn, for an unknown act nobody can tell.
    var isBadNews: Bool {
        switch self {
        case .withdrawal, .statusList, .unknown: true
        case .statusEvent(let act): act.kind != .reinstate
        default: false
        }
    }

    /// Acts that only give something, so that their withdrawal is bad news.
    var isGoodNews: Bool {
        switch self {
        case .country, .key, .peer, .mandate, .accreditation, .qualification, .batch: true
        case .equivalence(let act): act.provision.onlyGives
        case .instrument(let act): act.provision.onlyGives
        default: false
        }
    }

    /// The keys that make acts of this kind: of the root, of an authority, or of a body.
    var authorRole: KeyGrant.Role {
        switch self {
        case .country, .key, .peer, .mandate, .successor: .root
        case .batch, .statusList: .body
        default: .authority
        }
    }
}
