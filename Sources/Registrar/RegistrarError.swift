import Credentials
public import Recognition
public import Registry

/// Why an official's work could not be done on this node.
public enum RegistrarError: Error, Hashable, Sendable {
    case noNode(path: String)
    case nodeExists(path: String)
    case unreadable(path: String, reason: String)
    case cannotWrite(path: String)
    case keyMissing(role: String, path: String)
    case wrongKey(role: String, expected: String, found: String)
    case sampleKeyOutsideSample(role: String)
    case declined(Objection)
    /// An act of this log's own authority outside its mandates: kept from others, never made here.
    case outsideMandate(MandateGap)
    /// What this act says would be understood by nobody.
    case malformed(ProvisionFault)
    /// P6: the author has said the opposite about the same thing.
    case contradictory(act: String)
    /// An act that says the same as one that stands.
    case alreadyStands(kind: String, entry: UInt64)
    case notAccredited(body: String, qualification: String, reason: String)
    /// The log registers other versions of the qualification on that day, or none.
    case notRegistered(qualification: String, version: String, registered: [String])
    /// The registered version has no such units.
    case unknownUnits(qualification: String, version: String, units: [String])
    case notCompetent(issuer: String, kind: String, reason: String)
    case unknownRecord(String)
    case unknownAct(String)
    /// The entry is there and says something else than was asked for.
    case otherAct(index: UInt64, origin: String, expected: String, found: String)
    case beyondLog(index: UInt64, origin: String, size: UInt64)
    case alreadyRevoked(String)
    case wrongFingerprint(expected: String, found: String)
    case ownCard(origin: String)
    case sampleMismatch(origin: String)
    case noCopy(country: String)
    case noPeer(country: String)
    case notWitnessed(origin: String)
    case ownOutputRejected(String)
    case extractRefused(peer: String, reason: String)
}

extension RegistrarError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noNode(let path):
            "expected a node in \(path), found none; make one with: concord node init --node \(path)"
        case .nodeExists(let path):
            "expected no node in \(path), found one; its log cannot be started twice"
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .cannotWrite(let path): "\(path) cannot be written; check the folder and the disk"
        case .keyMissing(let role, let path):
            "expected the \(role) key at \(path), found none"
        case .wrongKey(let role, let expected, let found):
            "expected the \(role) key \(expected), found \(found)"
        case .sampleKeyOutsideSample(let role):
            "the \(role) key is a sample key, and this node is not a sample; make a key of your own"
        case .declined(let objection): "the log does not take the act: \(objection)"
        case .outsideMandate(let gap):
            "the log does not take the act: \(gap); the root gives mandates (concord publish mandate)"
        case .malformed(let fault): "the log does not take the act: \(fault)"
        case .contradictory(let act):
            "the log does not take the act: the member effect breaks rule P6: the act \(act) of the "
                + "same author says the opposite about the same thing; withdraw it, or name it in "
                + "supersedes"
        case .notAccredited(let body, let qualification, let reason):
            "\(body) may not award \(qualification): \(reason)"
        case .notRegistered(let qualification, let version, let registered):
            "expected a registered version of \(qualification), found \(version); "
                + (registered.isEmpty
                    ? "no version of it stands in this log (concord publish qualification)"
                    : "registered: \(registered.joined(separator: ", "))")
        case .alreadyStands(let kind, let entry):
            "expected a new act, found one that says the same as entry \(entry) (\(kind)), which "
                + "stands; nothing was published"
        case .unknownUnits(let qualification, let version, let units):
            "expected units of \(qualification), version \(version), found "
                + units.joined(separator: ", ")
        case .notCompetent(let issuer, let kind, let reason):
            "\(issuer) may not issue this \(kind): \(reason)"
        case .unknownRecord(let id):
            "expected a record \(id) on this node, found none; concord issue prints the ids"
        case .unknownAct(let id): "expected an act \(id) in this log, found none"
        case .otherAct(let index, let origin, let expected, let found):
            "expected \(expected) at entry \(index) of \(origin), found an act of the kind \(found); "
                + "concord log show lists the entries"
        case .beyondLog(let index, let origin, let size):
            "expected an entry below \(size), the size of \(origin) here, found \(index); sync, or "
                + "check the number"
        case .alreadyRevoked(let id): "the certificate \(id) is already revoked; that is final"
        case .wrongFingerprint(let expected, let found):
            "expected the fingerprint \(expected), found \(found): this is not the node whose "
                + "fingerprint you were given; nothing was added"
        case .ownCard(let origin): "\(origin) is this node's own log; give the address of another"
        case .sampleMismatch(let origin):
            "\(origin) is a sample and this node is not, or the other way round; nothing was added"
        case .noPeer(let country):
            "expected a peer of the country \(country), found none; add it with concord peer add"
        case .noCopy(let country):
            "no copy of a log of \(country) is here; run concord sync first"
        case .notWitnessed(let origin):
            "no quorum of witnesses has cosigned \(origin) yet; run concord sync first"
        case .ownOutputRejected(let reason):
            "the certificate that was just made does not verify (\(reason)); nothing was released"
        case .extractRefused(let peer, let reason):
            "\(peer) did not sign the extract: \(reason)"
        }
    }
}
