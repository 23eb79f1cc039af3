import Encoding
import Recognition
import Registry

/// The names of what a verdict on worth mentions by id: authorities, and units by their code.
///
/// Names of authorities are those of the anchor's log; titles of units those of the award's own
/// qualification and of the target, where they are known.
struct NamesOfWorth {
    let names: [String: String]

    init(
        _ verdict: RecognitionVerdict, award: Qualification?, target: String?, in state: LogState?
    ) {
        var names: [String: String] = [:]
        for id in verdict.authorities { names[id] = state?.name(of: id) }
        if let framework = verdict.framework, let known = state?.frameworkNames[framework] {
            names[framework] = known
        }
        let targets = target.flatMap { state?.qualifications($0).map(\.qualification) } ?? []
        let mentioned = Set(verdict.missing + verdict.scope)
        for unit in ([award].compactMap { $0 } + targets).flatMap(\.units)
        where mentioned.contains(unit.code) {
            names[unit.code] = unit.title
        }
        self.names = names
    }
}

extension RecognitionVerdict {
    /// The ids of those who decided, of those whom to ask, and of those that conditions name.
    fileprivate var authorities: [String] {
        let accreditors = conditions.flatMap(\.alternatives).compactMap {
            $0.members["by"]?.string
        }
        var authorities = ask + grounds.compactMap(\.author) + accreditors
        if case .equivocation(let author, _) = reason { authorities.append(author) }
        for step in nextSteps {
            switch step {
            case .ask(let authority), .followUpApplication(let authority):
                authorities.append(authority)
            case .applyForAssessment(let authority?), .applyAgain(let authority?),
                .appeal(let authority?, _):
                authorities.append(authority)
            case .askBoth(let both): authorities += both
            default: break
            }
        }
        return authorities
    }
}
