import Cryptography
import Encoding
import TransparencyLog

/// The rules of who may make which act: one case a kind.
///
/// `Protocol/entry.md § Who may say what`.
struct ActJudge {
    let state: LogState
    let logged: LoggedEntry

    private var entry: RegistryEntry { logged.entry }
    private var author: String { entry.envelope.author }
    private var day: CalendarDate { logged.loggedTime.day }

    var judgement: Judgement {
        switch entry.act {
        case .country, .mandate, .peer: rootAct()
        case .key(let act): act.role == .root ? rootChange(act) : rootAct()
        case .accreditation(let act):
            authorityAct(.accredit, about: act.qualifications)
        case .qualification(let act): authorityAct(.register, about: [act.id])
        case .framework(let act): authorityAct(.register, about: [act.id])
        case .referencing(let act): authorityAct(.reference, about: [act.from])
        case .regulation(let act):
            authorityAct(.recognise, about: ["isco:\(act.occupation)"])
        case .equivalence(let act): authorityAct(.recognise, about: act.target.subjects)
        case .batch(let act): batch(act)
        case .statusList(let act): statusList(act)
        case .statusEvent(let act): statusEvent(act)
        case .withdrawal(let act): withdrawal(act)
        case .unknown: .void(.unknownKind)
        }
    }

    private func isSigned(by grants: [KeyGrant]) -> Bool {
        grants.contains { $0.signs(at: logged.index) && entry.note.isSigned(by: $0.key) }
    }

    private func rootAct() -> Judgement {
        guard let root = state.rootKey(at: logged.index), author == root.holder,
            isSigned(by: [root])
        else { return .void(.notSignedByAuthor) }
        return .effective
    }

    /// Genesis states the pinned root; later the committed next root takes over, signed by both.
    private func rootChange(_ act: KeyStatement) -> Judgement {
        let judgement = rootAct()
        guard judgement == .effective else { return judgement }
        if act.key == state.pin.root {
            return act.nextRoot == state.committedNextRoot ? .effective : .void(.wrongNextRoot)
        }
        guard HashValue(of: act.key.description.utf8) == state.committedNextRoot,
            entry.note.isSigned(by: act.key)
        else { return .void(.wrongNextRoot) }
        return .effective
    }

    private func authorityAct(
        _ competence: Mandate.Competence, about subjects: [String]
    ) -> Judgement {
        let grants = state.grants.filter { $0.role == .authority && $0.holder == author }
        guard isSigned(by: grants) else { return .void(.notSignedByAuthor) }
        let isMandated = state.mandates(of: author, at: logged.index).contains {
            $0.allows(competence, about: subjects, on: day)
        }
        return isMandated ? .effective : .advisory(.outsideMandate)
    }

    private func batch(_ act: Batch) -> Judgement {
        let accreditations = state.accreditations(of: act.body)
        let grants = state.grants.filter { $0.role == .body && $0.holder == act.body }
        guard author == act.body, isSigned(by: grants) else { return .void(.notSignedByAuthor) }
        let standing = accreditations.contains { $0.standing.stands(at: logged.index) }
        if standing { return .effective }
        // SPEC: awards up to a withdrawal may be logged late if the accreditor countersigns.
        let isCountersigned = accreditations.contains { item in
            let accreditor = item.standing.logged.entry.envelope.author
            let keys = state.grants.filter { $0.role == .authority && $0.holder == accreditor }
            guard let end = item.standing.end, !end.isAnnulment else { return false }
            return act.latestAward < end.effective && isSigned(by: keys)
        }
        return isCountersigned ? .effective : .advisory(.accreditationEnded)
    }

    private func statusList(_ act: StatusListPublication) -> Judgement {
        let accreditations = state.accreditations(of: act.body)
        let isStanding = accreditations.contains { $0.standing.stands(at: logged.index) }
        let accreditors = Set(accreditations.map { $0.standing.logged.entry.envelope.author })
        let signers = state.grants.filter {
            ($0.role == .body && $0.holder == act.body && isStanding)
                || ($0.role == .authority && accreditors.contains($0.holder))
        }
        guard isSigned(by: signers) else { return .void(.notSignedByAuthor) }
        let newest = state.statusLists(act.list).map(\.publication.number).max() ?? 0
        return act.number > newest ? .effective : .void(.numberNotHigher)
    }

    private func statusEvent(_ act: StatusEvent) -> Judgement {
        let target = state.grants.filter { $0.holder == act.target.subject }
        guard !target.isEmpty else { return .void(.unknownAct) }
        let grantors = Set(target.map(\.grantor))
        guard grantors.contains(author) else { return .void(.notTheAuthor) }
        let signers = state.grants.filter {
            $0.holder == author && ($0.role == .authority || $0.role == .root)
        }
        return isSigned(by: signers) ? .effective : .void(.notSignedByAuthor)
    }

    private func withdrawal(_ act: Withdrawal) -> Judgement {
        guard let target = state.act(act.act) else { return .void(.unknownAct) }
        let targetEnvelope = target.logged.entry.envelope
        let isRoot = state.rootKey(at: logged.index)?.holder == author
        guard author == targetEnvelope.author || isRoot else { return .void(.notTheAuthor) }
        guard Set(entry.envelope.subjects).isSuperset(of: targetEnvelope.subjects) else {
            return .void(.subjectsMissing)
        }
        let signers = state.grants.filter { $0.holder == author }
        return isSigned(by: signers) ? .effective : .void(.notSignedByAuthor)
    }
}
