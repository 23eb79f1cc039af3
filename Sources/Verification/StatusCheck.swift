import Credentials
import Cryptography
import Encoding
import Language
import Registry
import TransparencyLog

/// Check 6: whether it still holds, from the whole status list that the log committed to.
struct StatusCheck {
    let check: Check

    init(
        _ credential: CredentialFrame, _ issuer: IssuerFinding, _ folded: FoldedRegistry
    ) {
        let (outcome, detail) = StatusCheck.outcome(credential, issuer, folded)
        check = Check(.status, outcome, detail)
    }

    private static func outcome(
        _ credential: CredentialFrame, _ issuer: IssuerFinding, _ folded: FoldedRegistry
    ) -> (Check.Outcome, Message) {
        if case .dossier(.listsDiffer) = folded.knowledge.provenance {
            return (
                .undetermined(.statusNotCurrent),
                Message(.checkStatusNotNewest)
            )
        }
        guard let home = issuer.home else {
            return (.undetermined(.noRegistryData), Message(.checkStatusNoList))
        }
        let reference = credential.status
        if let batch = issuer.batch, batch.act.statusList != reference.uri {
            return (
                .undetermined(.statusUnknown),
                Message(.checkStatusOtherList)
            )
        }
        let lists = folded.statusLists(reference.uri, of: credential.issuer, in: home)
        guard !lists.isEmpty else {
            return (
                .undetermined(.statusMissing),
                Message(.checkStatusUnpublished, ["list": .text(reference.uri)])
            )
        }
        let outcomes = lists.map { judge($0, reference, issuer, folded) }
        return outcomes.max { $0.0.severity < $1.0.severity }
            ?? (.undetermined(.statusMissing), Message(.checkStatusNoList))
    }

    /// Lists before the newest that are looked at for the day of a replacement.
    private static let historyLimit = 64

    /// Since when the lists at hand say that it was replaced, and whose they are.
    private static func replaced(
        _ list: StandingStatusList, _ reference: StatusReference, _ issuer: IssuerFinding,
        _ knowledge: Knowledge, _ place: [String: Message.Argument]
    ) -> Message {
        let body = list.publication.body
        let earlier = (issuer.home?.state.statusLists(reference.uri, of: body) ?? [])
            .filter { $0.publication.number < list.publication.number }
            .sorted { $0.publication.number > $1.publication.number }
        var since = list.logged.loggedTime.day
        var number = list.publication.number
        var isKnown = false
        for one in earlier.prefix(historyLimit) {
            guard one.publication.number == number - 1,
                let bytes = knowledge.statusLists[one.publication.hash],
                let token = try? StatusListToken(parsing: bytes),
                let status = try? token.list.status(at: reference.index)
            else { break }
            guard status == .replaced else {
                isKnown = true
                break
            }
            since = one.logged.loggedTime.day
            number = one.publication.number
        }
        isKnown = isKnown || number == 1
        let arguments: [String: Message.Argument] = [
            "date": .date(since), "body": .text(issuer.home?.state.name(of: body) ?? body),
        ]
        return Message(
            isKnown ? .checkStatusReplaced : .checkStatusReplacedBefore,
            place.merging(arguments) { first, _ in first })
    }

    private static func judge(
        _ relied: ReliedStatusList, _ reference: StatusReference, _ issuer: IssuerFinding,
        _ folded: FoldedRegistry
    ) -> (Check.Outcome, Message) {
        let list = relied.list
        let number = Message.Argument.number(list.publication.number)
        let token: StatusListToken
        switch relied.content {
        case .missing:
            return (
                .undetermined(.statusMissing),
                Message(.checkStatusMissing, ["number": number])
            )
        case .notSigned:
            return (
                .undetermined(.statusSignature),
                Message(.checkStatusSignature, ["number": number])
            )
        case .signed(let signed): token = signed
        }
        guard token.expires.map({ folded.now < $0 }) ?? true else {
            return (
                .undetermined(.statusNotCurrent),
                Message(.checkStatusExpired, ["number": number])
            )
        }
        guard let status = try? token.list.status(at: reference.index) else {
            return (
                .undetermined(.statusUnknown),
                Message(.checkStatusBeyond)
            )
        }
        let place = ["number": number, "entry": .number(list.logged.index)]
        switch status {
        case .valid: return (.passed, Message(.checkStatusValid, place))
        case .invalid:
            return (.failed(.revoked), Message(.checkStatusRevoked, place))
        case .suspended:
            return (.undetermined(.suspended), Message(.checkStatusSuspended, place))
        case .replaced:
            return (.failed(.replaced), replaced(list, reference, issuer, folded.knowledge, place))
        case .unknown:
            return (.undetermined(.statusUnknown), Message(.checkStatusUnknown, place))
        }
    }
}
