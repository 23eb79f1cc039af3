import Encoding
import Recognition
import Registry

/// The bodies on whose results decisions rest, and of which nobody here would know what was
/// declared void: the log of their country is not at hand, is older than the purpose allows, has
/// a split view, or says something of them that is not understood.
///
/// `Protocol/verification.md § Knowledge`. A body whose name is no country's is watched if a log
/// at hand, of which nothing of this is true, accredits it.
struct UnwatchedBodies {
    let names: Set<String>

    init(
        of decisions: [Decision], _ knowledge: Knowledge, _ purpose: Purpose?, at now: Timestamp
    ) {
        let limit = knowledge.anchor.freshness.limit(for: purpose, isCarried: knowledge.isCarried)
        let sound = knowledge.logs.filter { log in
            guard log.splitView == nil else { return false }
            guard let time = log.quorumTime ?? (knowledge.isCarried ? nil : log.followed) else {
                return !knowledge.isCarried
            }
            return now.seconds(since: time) <= limit
        }
        names = Set(decisions.flatMap(\.uses).map(\.body)).filter { body in
            let country = OwnedName(body).country
            return !sound.contains { log in
                !log.state.blockedSubjects.contains(body)
                    && (country.map { $0 == log.country }
                        ?? !log.state.accreditations(of: body).isEmpty)
            }
        }
    }
}
