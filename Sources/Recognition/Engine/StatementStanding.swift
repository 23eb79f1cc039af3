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
            case .revoke, .withdraw, .withdrawStatement, .supersede, .expire:
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
    /// What became of evidence: its own author, or an authority, may say. Bad news counts: what
    /// nobody signed anybody may void.
    func standing(of evidence: Evidence) -> StatementStanding {
        let about =
            index.events.about(evidence.id)
            + index.events.selecting(
                body: evidence.authorship.author, site: evidence.site, on: evidence.begins)
        let heard = about.filter { event in
            guard let author = evidence.authorship.author else { return true }
            return event.authorship.author == author || isAuthority(event, over: evidence)
        }
        return StatementStanding(heard, on: day)
    }

    /// What became of a decision: its own author, or the body to which its remedy leads, may say.
    func standing(of decision: Decision) -> StatementStanding {
        StatementStanding(heard(about: decision), on: day)
    }

    /// The events about a decision by those who may speak about it.
    func heard(about decision: Decision) -> [StatementEvent] {
        index.events.about(decision.id).filter { event in
            event.authorship.author == decision.authorship.author
                || event.authorship.author != nil
                    && event.authorship.author == decision.remedy?.body
        }
    }

    /// What became of a general ground, beyond the end that its log states.
    func standing(of ground: GeneralGround) -> StatementStanding { standing(of: ground.authorship) }

    /// What became of a statement on which only its author may speak; of what nobody signed,
    /// anybody.
    func standing(of authorship: Authorship) -> StatementStanding {
        StatementStanding(
            index.events.about(authorship.id).filter {
                authorship.author == nil || $0.authorship.author == authorship.author
            }, on: day)
    }

    /// Whether the evidence counts on the day asked: given by then, of the person, not void, and
    /// of an author who has not forked.
    func counts(_ evidence: Evidence) -> Bool {
        isPerson(evidence.holder) && evidence.begins <= day
            && !(evidence.authorship.author.map(forks.authors.contains) ?? false)
            && standing(of: evidence) == .stands
    }

    /// Whether the event is by an authority of the place of the evidence, with a mandate that
    /// stood on its day; where the evidence names no place, of any.
    private func isAuthority(_ event: StatementEvent, over evidence: Evidence) -> Bool {
        if event.authorship.competence == .mandated { return true }
        guard let author = event.authorship.author else { return false }
        return (index.mandates[author] ?? []).contains { mandate in
            mandate.stands(on: event.since) && mandate.content.period.contains(event.since)
                && (evidence.jurisdiction.map {
                    Jurisdiction.anyCovers(mandate.content.territory, $0)
                } ?? true)
        }
    }
}
