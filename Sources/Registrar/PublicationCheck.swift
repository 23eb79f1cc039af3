import Cryptography
import Encoding
import Recognition
import Registry

/// What a log refuses of its own authorities, though it keeps it from others: an act outside its
/// author's mandate, and one that contradicts another of the same author.
///
/// `Protocol/entry.md § Admission`.
struct PublicationCheck {
    private let state: LogState
    private let now: Timestamp

    init(_ state: LogState, at now: Timestamp) {
        self.state = state
        self.now = now
    }

    func check(_ logged: LoggedEntry, _ admission: Admission) throws(RegistrarError) {
        if case .keptAsAdvice(.outsideMandate) = admission,
            case .accreditation = logged.entry.act,
            let gap = state.delegationGap(of: logged)
        {
            throw .widerThanOwn(gap)
        }
        if case .keptAsAdvice(.outsideMandate) = admission,
            let gap = state.mandateGap(of: logged)
        {
            throw .outsideMandate(gap)
        }
        switch logged.entry.act {
        case .equivalence(let act): try check(act.provision)
        case .instrument(let act): try check(act.provision)
        case .regulation(let act):
            try check(act, by: logged.entry.envelope.author)
        default: break
        }
        guard case .equivalence(let act) = logged.entry.act else { return }
        let author = logged.entry.envelope.author
        let new = GeneralGround(act, Authorship(id: "", author: author))
        for standing in state.acts where standing.stands(on: now.day) && standing.isMandated {
            guard case .equivalence(let earlier) = standing.act,
                standing.logged.entry.envelope.author == author,
                act.supersedes != standing.logged.entry.identity
            else { continue }
            let old = GeneralGround(earlier, Authorship(id: "", author: author))
            if Contradiction.isBetween(old, new) {
                throw .contradictory(act: standing.logged.entry.identity.hexadecimal)
            }
        }
    }

    private func check(_ provision: Provision) throws(RegistrarError) {
        let fault = ProvisionFault(in: provision) ?? ProvisionFault.contradiction(in: provision)
        if let fault { throw .malformed(fault) }
    }

    /// An activity cannot be regulated and free at once, by one author.
    private func check(_ act: Regulation, by author: String) throws(RegistrarError) {
        for standing in state.acts where standing.stands(on: now.day) && standing.isMandated {
            guard case .regulation(let earlier) = standing.act,
                standing.logged.entry.envelope.author == author,
                earlier.jurisdiction == act.jurisdiction, earlier.occupation == act.occupation,
                earlier.sector == act.sector, earlier.isRegulated != act.isRegulated
            else { continue }
            throw .contradictoryRegulation(act: standing.logged.entry.identity.hexadecimal)
        }
    }
}

extension Office {
    /// Refuses a batch that the log would keep as advice at most: it would make certificates that
    /// nobody believes.
    func requireEffect(of batch: RegistryEntry, at now: Timestamp) throws {
        let state = try state(about: [batch.envelope.author], at: now)
        let next = LoggedEntry(
            entry: batch, index: .max - 1, loggedTime: now, isWitnessed: true)
        switch state.judge(next) {
        case .effective: return
        case .advisory(let objection), .void(let objection):
            throw RegistrarError.declined(objection)
        }
    }
}
