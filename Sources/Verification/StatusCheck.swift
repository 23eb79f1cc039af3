import Credentials
import Cryptography
import Encoding
import Registry
import TransparencyLog

/// Check 6: whether it still holds, from the whole status list that the log committed to.
struct StatusCheck {
    let check: Check

    init(
        _ credential: CredentialFrame, _ issuer: IssuerFinding, _ knowledge: Knowledge,
        _ now: Timestamp
    ) {
        let (outcome, detail) = StatusCheck.outcome(credential, issuer, knowledge, now)
        check = Check(.status, outcome, detail)
    }

    private static func outcome(
        _ credential: CredentialFrame, _ issuer: IssuerFinding, _ knowledge: Knowledge,
        _ now: Timestamp
    ) -> (Check.Outcome, String) {
        if case .dossier(.listsDiffer) = knowledge.provenance {
            return (
                .undetermined(.statusNotCurrent),
                "the status list handed over is not the newest that the extract names"
            )
        }
        guard let home = issuer.home else {
            return (.undetermined(.noRegistryData), "no status list is known here")
        }
        let reference = credential.status
        if let batch = issuer.batch, batch.act.statusList != reference.uri {
            return (
                .undetermined(.statusUnknown),
                "the certificate names another status list than its batch"
            )
        }
        let published = home.state.statusLists(reference.uri, of: credential.issuer)
        guard let newest = published.max(by: { $0.publication.number < $1.publication.number })
        else {
            return (
                .undetermined(.statusMissing),
                "the log names no status list \(reference.uri) of this body"
            )
        }
        // Bad news counts at once: a list that no quorum has seen can only make it worse.
        let relied =
            newest.logged.isWitnessed
            ? [newest] : [newest] + published.filter { $0.logged.isWitnessed }.suffix(1)
        let outcomes = relied.map { list in
            judge(list, reference, issuer, knowledge, now)
        }
        return outcomes.max { $0.0.severity < $1.0.severity }
            ?? (.undetermined(.statusMissing), "no status list is known here")
    }

    private static func judge(
        _ list: StandingStatusList, _ reference: StatusReference, _ issuer: IssuerFinding,
        _ knowledge: Knowledge, _ now: Timestamp
    ) -> (Check.Outcome, String) {
        let publication = list.publication
        guard let bytes = knowledge.statusLists[publication.hash] else {
            return (
                .undetermined(.statusMissing),
                "status list \(publication.number) is named by the log but is not here; sync"
            )
        }
        let keys = (issuer.home?.state.grants ?? []).filter {
            $0.signs(at: list.logged.index)
                && (($0.role == .body && $0.holder == publication.body)
                    || ($0.role == .authority
                        && $0.holder == list.logged.entry.envelope.author))
        }
        guard let token = try? StatusListToken(parsing: bytes), token.subject == reference.uri,
            keys.contains(where: { (try? token.verify(with: $0.key.key)) != nil })
        else {
            return (
                .undetermined(.statusSignature),
                "status list \(publication.number) is not signed by the body that owes it"
            )
        }
        guard token.expires.map({ now < $0 }) ?? true else {
            return (
                .undetermined(.statusNotCurrent),
                "status list \(publication.number) says that it has expired; sync"
            )
        }
        guard let status = try? token.list.status(at: reference.index) else {
            return (
                .undetermined(.statusUnknown),
                "the certificate's place is beyond the end of its status list"
            )
        }
        let from = "list \(publication.number), entry \(list.logged.index)"
        switch status {
        case .valid: return (.passed, "not revoked and not suspended (\(from))")
        case .invalid:
            return (.failed(.revoked), "its issuer has revoked this certificate (\(from))")
        case .suspended:
            return (.undetermined(.suspended), "its issuer has suspended it (\(from))")
        case .replaced:
            return (
                .failed(.replaced),
                "it was replaced by a newer certificate (\(from)); ask for that one"
            )
        case .unknown:
            return (.undetermined(.statusUnknown), "its status is one that nobody knows (\(from))")
        }
    }
}
