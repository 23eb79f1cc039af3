/// How verdicts compare for the holder (P4): by word, fewer missing, fewer conditions, an
/// instrument before a statement, the more special, by id. The smaller is the better.
struct Rank: Comparable {
    private let order: (Int64, Int, Int, Int, Int64)
    private let id: String

    init(_ verdict: RecognitionVerdict, specificity: Int64 = 0) {
        let ground = verdict.grounds.first
        order = (
            -Int64(verdict.word.favour), verdict.missing.count, verdict.conditions.count,
            ground?.kind == .instrument ? 0 : 1, specificity == .min ? .max : -specificity
        )
        id = ground?.id ?? ""
    }

    static func < (left: Self, right: Self) -> Bool {
        left.order == right.order ? left.id < right.id : left.order < right.order
    }

    static func == (left: Self, right: Self) -> Bool {
        left.order == right.order && left.id == right.id
    }
}

/// What a general ground gives, to awards by their ids.
struct GeneralOutcome {
    let ground: GeneralGround
    /// The awards that fulfil it; one without a name where it is fulfilled without any.
    let used: Set<String>
    let verdict: RecognitionVerdict
    let rank: Rank

    init(_ ground: GeneralGround, used: [Award], _ verdict: RecognitionVerdict) {
        self.ground = ground
        self.used = GeneralOutcome.names(used)
        self.verdict = verdict
        rank = Rank(verdict, specificity: ground.specificity)
    }

    static func names(_ awards: [Award]) -> Set<String> {
        awards.isEmpty ? [""] : Set(awards.map(\.id))
    }
}
