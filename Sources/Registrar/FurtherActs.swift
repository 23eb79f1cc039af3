import Registry

/// What acts that were read make it necessary to read besides.
///
/// `Protocol/recognition.md § Statements`.
struct FurtherActs {
    private let acts: [StandingAct]

    init(after acts: [StandingAct]) { self.acts = acts }

    /// The occupations to which grounds lead and for which qualifications qualify, as subjects:
    /// each may be regulated.
    ///
    /// - Parameter subjects: those that were asked about anyway.
    func occupations(besides subjects: Set<String>) -> Set<String> {
        var occupations: Set<String> = []
        func add(_ code: String) {
            let subject = "isco:\(code)"
            if !subjects.contains(subject) { occupations.insert(subject) }
        }
        for standing in acts {
            if let provision = standing.act.provision {
                if let code = provision.target["occ"], code != "*" { add(code) }
            } else if case .qualification(let act) = standing.act {
                for code in act.isco08 { add(code) }
            }
        }
        return occupations
    }

    /// Whether a ground asks for an accreditation of the award (G3).
    var areAccreditationsNeeded: Bool {
        acts.contains { standing in
            guard let provision = standing.act.provision else { return false }
            return provision.entry.contains { $0.kind == "accredited" }
                || provision.conditions.contains { condition in
                    condition.anyOf.contains { $0.kind == "accredited" }
                }
        }
    }
}

extension Act {
    /// What a statement about recognition grants.
    fileprivate var provision: Provision? {
        switch self {
        case .equivalence(let act): act.provision
        case .instrument(let act): act.provision
        default: nil
        }
    }
}
