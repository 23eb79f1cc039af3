import Registry

/// What acts that were read make it necessary to read besides.
///
/// `Protocol/recognition.md § Statements`.
struct FurtherActs {
    /// The occupations to which grounds lead and for which qualifications qualify, as subjects:
    /// each may be regulated.
    private(set) var occupations: Set<String> = []
    /// Whether a ground asks for an accreditation of the award (G3).
    private(set) var areAccreditationsNeeded = false

    init(after acts: [StandingAct]) {
        for standing in acts {
            switch standing.act {
            case .equivalence(let act): add(act.provision)
            case .instrument(let act): add(act.provision)
            case .qualification(let act):
                occupations.formUnion(act.isco08.map { "isco:\($0)" })
            default: break
            }
        }
    }

    private mutating func add(_ provision: Provision) {
        if let occupation = provision.target["occ"], occupation != "*" {
            occupations.insert("isco:\(occupation)")
        }
        let predicates = provision.entry + provision.conditions.flatMap(\.anyOf)
        if predicates.contains(where: { $0.kind == "accredited" }) {
            areAccreditationsNeeded = true
        }
    }
}
