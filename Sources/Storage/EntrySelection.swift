/// Which entries of a log are wanted: those of one of the kinds, and those about one of the
/// subjects.
public struct EntrySelection: Hashable, Sendable {
    public var kinds: Set<String>
    public var subjects: Set<String>
    /// Kinds of which no entry is selected for its subjects.
    public var excludedKinds: KindList
    /// The only kinds of which entries are selected for their subjects; nil: all.
    public var onlyKinds: KindList?
    /// Among the subjects, codes of places: a regulation is not selected for these, but for its
    /// occupation. A country has thousands of them.
    public var places: Set<String>

    public init(
        kinds: Set<String> = [], subjects: Set<String> = [], excludedKinds: KindList = [],
        onlyKinds: KindList? = nil, places: Set<String> = []
    ) {
        self.kinds = kinds
        self.subjects = subjects
        self.excludedKinds = excludedKinds
        self.onlyKinds = onlyKinds
        self.places = places
    }

    /// What finds the positions of the entries, one name after the other.
    var queries: [EntryQuery] {
        var queries: [EntryQuery] = []
        queries.reserveCapacity(kinds.count + subjects.count)
        for kind in kinds { queries.append(EntryQuery(kind: kind)) }
        for subject in subjects {
            let silent =
                places.contains(subject) ? excludedKinds + ["regulation"] : excludedKinds
            if let onlyKinds {
                queries.append(
                    EntryQuery(
                        subject: subject, kinds: onlyKinds - silent, areWanted: true))
            } else {
                queries.append(EntryQuery(subject: subject, kinds: silent, areWanted: false))
            }
        }
        return queries
    }
}
