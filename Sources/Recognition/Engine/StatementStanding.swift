import Encoding
import Registry

/// Whether a statement still counts on the day asked, from the events about it.
///
/// `Protocol/recognition.md § Events`. The order of the events does not matter.
enum StatementStanding: Hashable {
    case stands
    case suspended
    case void(RecognitionReason)

    /// - Parameter events: those whose authors may speak about the statement.
    init(_ events: [StatementEvent], on day: CalendarDate) {
        var isRevoked = false
        for event in events {
            switch event.kind {
            case .annul, .void:
                // From the start, whatever the day asked.
                self = .void(.annulled)
                return
            case .revoke, .withdraw, .withdrawStatement, .supersede:
                if event.isRetroactive {
                    self = .void(.annulled)
                    return
                }
                isRevoked = isRevoked || event.since <= day
            default: break
            }
        }
        if isRevoked {
            self = .void(.revoked)
            return
        }
        let suspended = events.filter { $0.kind == .suspend && $0.since <= day }.map(\.since).max()
        let reinstated = events.filter { $0.kind == .reinstate && $0.since <= day }
            .map(\.since).max()
        guard let suspended else {
            self = .stands
            return
        }
        // On one and the same day nobody can tell which came last.
        self = reinstated.map { suspended < $0 } ?? false ? .stands : .suspended
    }
}

extension Situation {
    /// What became of evidence: its own author, or an authority for what nobody signed, may say.
    func standing(of evidence: Evidence) -> StatementStanding {
        let about =
            events(on: evidence.id)
            + selections(
                body: evidence.authorship.author, site: evidence.site, on: evidence.begins)
        let heard = about.filter { event in
            guard let author = evidence.authorship.author else { return true }
            return event.authorship.author == author || isAuthority(event.authorship)
        }
        return StatementStanding(heard, on: day)
    }

    /// What became of a decision: its own author alone may say.
    func standing(of decision: Decision) -> StatementStanding {
        StatementStanding(
            events(on: decision.id).filter {
                $0.authorship.author == decision.authorship.author
            }, on: day)
    }

    /// What became of a general ground, beyond the end that its log states.
    func standing(of ground: GeneralGround) -> StatementStanding {
        StatementStanding(
            events(on: ground.id).filter {
                ground.authorship.author == nil
                    || $0.authorship.author == ground.authorship.author
            }, on: day)
    }

    /// Whether the evidence counts on the day asked: given by then, and not void.
    func counts(_ evidence: Evidence) -> Bool {
        isPerson(evidence.holder) && evidence.begins <= day
            && standing(of: evidence) == .stands
    }

    private func isAuthority(_ authorship: Authorship) -> Bool {
        authorship.competence == .mandated
            || statements.mandates.contains { $0.content.authority == authorship.author }
    }
}
