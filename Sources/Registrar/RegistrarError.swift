import Credentials
public import Recognition
public import Registry

/// Why an official's work could not be done on this node.
public enum RegistrarError: Error, Hashable, Sendable {
    case noNode(path: String)
    case nodeExists(path: String)
    case noFile(path: String)
    case unreadable(path: String, reason: String)
    case cannotWrite(path: String)
    case keyMissing(role: String, path: String)
    case wrongKey(role: String, expected: String, found: String)
    case sampleKeyOutsideSample(role: String)
    case declined(Objection)
    /// An act of this log's own authority outside its mandates: kept from others, never made here.
    case outsideMandate(MandateGap)
    /// A body's accreditation of its campus that is wider than its own.
    case widerThanOwn(DelegationGap)
    /// What this act says would be understood by nobody.
    case malformed(ProvisionFault)
    /// P6: the author has said the opposite about the same thing.
    case contradictory(act: String)
    /// P6: the author has called the activity regulated, or free, the other way round.
    case contradictoryRegulation(act: String)
    /// An act that says the same as one that stands.
    case alreadyStands(kind: String, entry: UInt64)
    case notAccredited(body: String, qualification: String, reason: String)
    /// The log registers other versions of the qualification on that day, or none.
    case notRegistered(qualification: String, version: String, registered: [String])
    /// The registered version has no such units.
    case unknownUnits(qualification: String, version: String, units: [String])
    /// A spreadsheet with more rows than one import takes.
    case tooManyRows(limit: Int)
    /// A spreadsheet that was not the same at its second reading.
    case fileChanged(path: String)
    case notCompetent(issuer: String, kind: String, reason: String)
    case unknownRecord(String)
    case unknownAct(String)
    /// The entry is there and says something else than was asked for.
    case otherAct(index: UInt64, origin: String, expected: String, found: String)
    case beyondLog(index: UInt64, origin: String, size: UInt64)
    /// The status of a certificate does not allow the change.
    case statusRefused(record: String, change: StatusChange, found: String)
    case listMissing(list: String, number: UInt64)
    case otherIssuer(record: String, issuer: String)
    case notAnAward(record: String)
    case auditBroken(reason: String)
    /// A line that would be longer than anybody reads.
    case auditLineTooLong(limit: Int, found: Int)
    case notAnOperator(name: String)
    /// Without it nobody could add an operator any more.
    case lastOperator(name: String)
    case operatorRole(found: String)
    case notForPaper(String, reason: String)
    case noPaper(String)
    case wrongFingerprint(expected: String, found: String)
    case ownCard(origin: String)
    case sampleMismatch(origin: String)
    case noCopy(country: String)
    case noPeer(country: String)
    case notWitnessed(origin: String)
    case ownOutputRejected(String)
    case extractRefused(peer: String, reason: String)
    /// A log without a proven fork goes on; its successor is for one that is given up.
    case logIsSound(origin: String)
    case noGoodSize(origin: String, size: UInt64)
    /// A peer that only dials out can be asked for nothing.
    case outboundOnly(country: String)
    case noWitness(path: String)
    case notAWitness(name: String)
    case isMirror(path: String)
    /// The card of another country, or of no later generation than the one that is pinned.
    case notRepinned(country: String, origin: String)
    case paper(PaperFault)
}

extension RegistrarError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noNode(let path):
            "expected a node in \(path), found none; make one with: concord node init --node \(path)"
        case .nodeExists(let path):
            "expected no node in \(path), found one; its log cannot be started twice"
        case .noFile(let path):
            "expected a file that can be read at \(path), found none; check the path"
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
        case .widerThanOwn(let gap):
            "the log does not take the act: a body delegates within its own scope: \(gap)"
        case .malformed(let fault): "the log does not take the act: \(fault)"
        case .contradictory(let act):
            "the log does not take the act: the member effect breaks rule P6: the act \(act) of the "
                + "same author says the opposite about the same thing; withdraw it, or name it in "
                + "supersedes"
        case .contradictoryRegulation(let act):
            "the log does not take the act: the member regulated breaks rule P6: the act \(act) of "
                + "the same author says the opposite about the same place, occupation and sector; "
                + "withdraw it first"
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
        case .tooManyRows(let limit):
            "expected at most \(limit) rows, found more; split the file"
        case .fileChanged(let path):
            "\(path) changed while it was read; nothing was issued: import it again"
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
        case .statusRefused(let record, let change, let found):
            "cannot \(change.rawValue) the certificate \(record): it is \(found)"
        case .listMissing(let list, let number):
            "expected the token \(number) of the status list \(list), which the log names, found none "
                + "here: restore it (concord restore) before anything is published"
        case .otherIssuer(let record, let issuer):
            "the record \(record) is not one of \(issuer): take the key of its issuer"
        case .notAnAward(let record):
            "the record \(record) is a statement: only awards are replaced; issue it anew"
        case .notAnOperator(let name):
            "expected a key of one of this node's operators, found that of \(name); one who is there "
                + "adds it: concord audit operator add"
        case .lastOperator(let name):
            "\(name) is the last operator of this node, without whom nobody could be added any more: "
                + "add another first (concord audit operator add), then remove this one"
        case .operatorRole(let found):
            "expected a key of the role operator, found one of the role \(found); make one with "
                + "concord key new operator"
        case .auditBroken(let reason): "the audit trail does not hold: \(reason)"
        case .auditLineTooLong(let limit, let found):
            "expected a line of the audit trail of at most \(limit) bytes, found \(found): nothing of "
                + "it was done; name less at once"
        case .notForPaper(let record, let reason):
            "the record \(record) gets no paper certificate: \(reason)"
        case .noPaper(let record):
            "expected a paper certificate for the record \(record), found none; give the key of its "
                + "issuer (--key) and it is issued now"
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
        case .notAWitness(let name):
            "expected for \(name) a witness's key of its own (type 4), found one of another type or of "
                + "a node that is known here"
        case .noWitness(let path):
            "expected a witness in \(path), found none; make one with: concord witness init --folder "
                + path
        case .isMirror(let path): "the node in \(path) is a mirror already; its card names the key"
        case .notRepinned(let country, let origin):
            "expected a peer of \(country) that is pinned under another log than \(origin), found "
                + "none; add a new peer with concord peer add"
        case .logIsSound(let origin):
            "\(origin) is sound here: no fork of it is proven; a log whose keys or machines are lost "
                + "is given up with --dead"
        case .noGoodSize(let origin, let size):
            "expected the last good size of \(origin), from 1 to \(size), found none: the two "
                + "histories share nothing that is proven here; give it with --size"
        case .outboundOnly(let country):
            "expected a peer that can be reached, found that \(country) only dials out: it can be "
                + "asked for nothing, and is no buddy and in no read quorum"
        case .extractRefused(let peer, let reason):
            "\(peer) did not sign the extract: \(reason)"
        case .paper(let fault): "\(fault)"
        }
    }
}
