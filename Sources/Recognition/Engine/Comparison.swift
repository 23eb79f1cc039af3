import Registry

/// What is shown beside `free`: how the awards compare, as advice.
///
/// `Protocol/recognition.md § Phase 2`. Where nobody has to recognise anything, what a statement
/// says of the award, and which level it has in the framework asked about, decides nothing.
struct Comparison {
    let situation: Situation
    let awards: [Award]

    func add(to verdict: inout RecognitionVerdict) {
        // What the rules of grounds find is not what decides: it leaves no trace.
        var trace: RuleSet = []
        let stated = Precedence(situation, awards: awards).verdict(&trace)
        if stated.word.favour > 0, let ground = stated.grounds.first {
            verdict.notes.append(.comparable(ground: ground.id, stated.word))
        }
        guard let framework = situation.namedFramework else { return }
        let composition = LevelComposition(situation, framework: framework)
        if case .levels(let levels, _, let grounds)? = composition.best(awards, &trace) {
            verdict.level = levels
            verdict.framework = framework
            verdict.notes += grounds.filter { $0.kind == .referencing }
                .map { .comparable(ground: $0.id, .advisory) }
        }
    }
}
