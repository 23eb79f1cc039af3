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
        case .country, .peer: rootAct()
        case .mandate: mandate()
        case .key(let act): key(act)
        case .accreditation: accreditation()
        case .qualification, .framework, .referencing, .regulation, .equivalence,
            .instrument:
            authorityAct()
        case .batch(let act): batch(act)
        case .statusList(let act): statusList(act)
        case .statusEvent(let act): statusEvent(act)
        case .withdrawal(let act): withdrawal(act)
        case .successor(let act): successor(act)
        case .unknown: .void(.unknownKind)
        }
    }

    /// The subjects about which an unknown act of this author may forbid deciding: a root all,
    /// an authority those of its mandates and of its bodies, a body itself.
    var blockableSubjects: [String] {
        let roles = Set(
            state.grants.filter { $0.holder == author && signed($0) }.map(\.role))
        return entry.envelope.subjects.filter { subject in
            if roles.contains(.root) || (!roles.isEmpty && subject == author) { return true }
            guard roles.contains(.authority) else { return false }
            let isOwnBody = state.grants.contains { $0.holder == subject && $0.grantor == author }
            return isOwnBody
                || state.mandates(of: author, at: logged.index, on: day).contains { mandate in
                    mandate.scope.contains { $0.matches(subject) }
                        || mandate.territory.contains(subject)
                }
        }
    }

    private func signed(_ grant: KeyGrant) -> Bool {
        let isInForce =
            state.isBadNews(entry.act)
            ? grant.signsBadNews(at: logged.index) : grant.signs(at: logged.index)
        return isInForce && entry.note.isSigned(by: grant.key)
    }

    private func isSigned(
        by role: KeyGrant.Role, of holder: String
    ) -> Bool {
        state.grants.contains { $0.role == role && $0.holder == holder && signed($0) }
    }

    private func rootAct() -> Judgement {
        isSigned(by: .root, of: author) ? .effective : .void(.notSignedByAuthor)
    }

    /// SPEC: no log gives mandates for another country.
    private func mandate() -> Judgement {
        let judgement = rootAct()
        guard judgement == .effective, state.foreignGap(of: entry.act) != nil else {
            return judgement
        }
        return .advisory(.outsideMandate)
    }

    private func key(_ act: KeyStatement) -> Judgement {
        if act.role == .root { return rootChange(act) }
        // A log's key bears the log's name, or it would sign another log's checkpoints.
        if act.role == .log {
            guard act.key.name == state.pin.origin(at: logged.index) else {
                return .void(.wrongOrigin)
            }
            let isFirst = !state.grants.contains { $0.role == .log }
            guard isFirst || act.fromSize > logged.index else { return .void(.keyBeforeItsAct) }
        }
        return rootAct()
    }

    /// The first own act of a later generation: both roots sign it, and the new one takes over.
    private func successor(_ act: Successor) -> Judgement {
        let pin = state.pin
        guard let before = pin.predecessors.last(where: { $0.size == logged.index }),
            act.size == logged.index, act.predecessor == before.origin,
            act.log.name == entry.envelope.origin
        else { return .void(.wrongPlace) }
        return rootChange(to: act.root)
    }

    /// Genesis states the pinned root; later the committed next root takes over, signed by
    /// both: a thief of the old root cannot name another, and a later statement that the old
    /// root was compromised does not undo the change.
    private func rootChange(_ act: KeyStatement) -> Judgement {
        if act.key == state.pin.root {
            guard isSignedByRoot else { return .void(.notSignedByAuthor) }
            return act.nextRoot == state.committedNextRoot ? .effective : .void(.wrongNextRoot)
        }
        return rootChange(to: act.key)
    }

    private var isSignedByRoot: Bool {
        state.grants.contains {
            $0.role == .root && $0.holder == author && $0.signedUnvoided(at: logged.index)
                && entry.note.isSigned(by: $0.key)
        }
    }

    private func rootChange(to key: NoteKey) -> Judgement {
        guard isSignedByRoot else { return .void(.notSignedByAuthor) }
        guard HashValue(of: key.description.utf8) == state.committedNextRoot,
            entry.note.isSigned(by: key)
        else { return .void(.wrongNextRoot) }
        return .effective
    }

    private func authorityAct() -> Judgement {
        guard isSigned(by: .authority, of: author) else { return .void(.notSignedByAuthor) }
        return state.mandateGap(of: logged) == nil ? .effective : .advisory(.outsideMandate)
    }

    /// SPEC: an authority accredits, or a body its campus within its own scope.
    private func accreditation() -> Judgement {
        if isSigned(by: .authority, of: author) { return authorityAct() }
        let own = state.ownAccreditations(of: author).filter { state.didSign(logged, with: $0) }
        guard !own.isEmpty else { return .void(.notSignedByAuthor) }
        return state.delegationGap(of: logged) == nil
            && own.contains { $0.standing.stands(at: logged.index, on: day) }
            ? .effective : .advisory(.outsideMandate)
    }

    private func batch(_ act: Batch) -> Judgement {
        let signing = accreditations(of: act.body).filter { state.didSign(logged, with: $0) }
        guard author == act.body else { return .void(.notSignedByAuthor) }
        guard !signing.isEmpty else { return authorityBatch }
        let counting = signing.filter { item in
            // SPEC: awards up to a withdrawal may be logged late if the accreditor countersigns.
            item.standing.stands(at: logged.index, on: day)
                || item.standing.end.map {
                    !$0.isAnnulment && act.latestAward < $0.effective
                        && state.isCountersigned(logged, for: item)
                } ?? false
        }
        guard !counting.isEmpty else { return .advisory(.accreditationEnded) }
        let isWithinPeriod = counting.contains { item in
            let period = item.accreditation.period
            return period.from <= act.latestAward
                && (period.until.map { act.earliestAward <= $0 } ?? true)
        }
        return isWithinPeriod ? .effective : .advisory(.awardsOutsideAccreditation)
    }

    /// SPEC: an authority batches what it states about persons.
    private var authorityBatch: Judgement {
        guard isSigned(by: .authority, of: author) else { return .void(.notSignedByAuthor) }
        return maySpeakOfPersons ? .effective : .advisory(.outsideMandate)
    }

    private var maySpeakOfPersons: Bool {
        state.mandates(of: author, at: logged.index, on: day).contains {
            $0.period.contains(day) && !$0.competences.isDisjoint(with: Mandate.personal)
                && $0.signatures <= state.signatureCount(of: logged)
        }
    }

    private func accreditations(of body: String) -> [StandingAccreditation] {
        state.accreditations(of: body)
    }

    private func statusList(_ act: StatusListPublication) -> Judgement {
        let accreditations = accreditations(of: act.body)
        let isByBody =
            author == act.body
            && accreditations.contains {
                $0.standing.stands(at: logged.index, on: day)
                    && state.didSign(logged, with: $0)
            }
        // SPEC: when a body has closed, its accreditor signs its lists.
        let isByAccreditor =
            accreditations.contains { $0.accreditor == author }
            && isSigned(by: .authority, of: author)
        let isOfAuthority = author == act.body && isSigned(by: .authority, of: author)
        guard isByBody || isByAccreditor || isOfAuthority else {
            return .void(.notSignedByAuthor)
        }
        guard isByBody || isByAccreditor || maySpeakOfPersons else {
            return .void(.outsideMandate)
        }
        let newest = state.statusLists(act.list, of: act.body).map(\.publication.number).max() ?? 0
        return act.number > newest ? .effective : .void(.numberNotHigher)
    }

    /// SPEC: a key's end is stated by whoever granted it, never by the key alone.
    private func statusEvent(_ act: StatusEvent) -> Judgement {
        let targets = state.grants.filter { grant in
            grant.holder == act.target.subject
                && (act.targetKey.map { $0.key == grant.key.key }
                    ?? (grant.role == .body || grant.role == .authority))
        }
        guard !targets.isEmpty else { return .void(.unknownAct) }
        var isByAuthor = false
        for target in targets {
            let isCampus = target.role == .body && state.isBody(target.grantor)
            let isOfCampus = isCampus && target.grantor == author
            // SPEC: a campus's key is ended by its body, or by whoever accredited that one.
            let role: KeyGrant.Role =
                isOfCampus ? .body : target.role == .body ? .authority : .root
            let isAbove =
                isCampus
                && state.ownAccreditations(of: target.grantor).contains { $0.accreditor == author }
            guard role == .root || target.grantor == author || isAbove else { continue }
            isByAuthor = true
            let signers = state.grants.filter {
                $0.role == role && $0.holder == author && signed($0)
                    && ($0.key.key != target.key.key)
            }
            guard !signers.isEmpty else { continue }
            // SPEC: a last good size below what is logged needs the next root's word.
            if target.role == .log, let since = act.sinceIndex, since < logged.index,
                !signers.contains(where: { $0.grantedAt >= since })
            {
                return .void(.notByTheNextRoot)
            }
            return .effective
        }
        return .void(isByAuthor ? .notSignedByAuthor : .notTheAuthor)
    }

    private func withdrawal(_ act: Withdrawal) -> Judgement {
        guard let target = state.act(act.act) else { return .void(.unknownAct) }
        // SPEC: what is withdrawn never returns; reinstating is a new act.
        if case .withdrawal = target.act { return .void(.final) }
        let targetEnvelope = target.logged.entry.envelope
        let isRoot = state.rootKey(at: logged.index)?.holder == author
        let isAuthor = author == targetEnvelope.author
        guard isAuthor || isRoot else { return .void(.notTheAuthor) }
        guard Set(entry.envelope.subjects).isSuperset(of: targetEnvelope.subjects) else {
            return .void(.subjectsMissing)
        }
        let isSignedByAuthor =
            isAuthor
            && (isSigned(by: target.act.authorRole, of: author)
                || (isMadeAsAuthority(target) && isSigned(by: .authority, of: author))
                || (state.isDelegated(target) && isSigned(by: .body, of: author)))
        let isSignedByRoot = isRoot && isSigned(by: .root, of: author)
        return isSignedByAuthor || isSignedByRoot ? .effective : .void(.notSignedByAuthor)
    }

    /// Whether it is a list or a batch that an authority published: for a body, or its own.
    private func isMadeAsAuthority(_ target: StandingAct) -> Bool {
        switch target.act {
        case .batch(let batch): isSignedAsAuthority(target, batch.body)
        case .statusList(let list):
            author != list.body || isSignedAsAuthority(target, list.body)
        default: false
        }
    }

    private func isSignedAsAuthority(_ target: StandingAct, _ holder: String) -> Bool {
        state.grants.contains {
            $0.role == .authority && $0.holder == holder
                && $0.signedUnvoided(at: target.logged.index)
                && target.logged.entry.note.isSigned(by: $0.key)
        }
    }
}
