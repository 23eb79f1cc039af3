public import Encoding
import Registry

/// Everything that one country's statements say about awards: for every purpose and target that
/// any of them names.
///
/// `Protocol/recognition.md § Survey`. Where nothing is known, one line says so and whom to ask.
public struct WorthSurvey: Sendable {
    private let country: String
    private let statements: StatementSet
    private let frameworks: [String]
    private let awards: [Award]
    private let facts: JSONObject
    private let day: CalendarDate

    /// - Parameters:
    ///   - statements: the country's, with every act about the awards' qualifications, their
    ///     occupations and the country, and the awards themselves.
    ///   - frameworks: the country's own.
    ///   - facts: what the holder states of themselves.
    public init(
        country: String, statements: StatementSet, frameworks: [String], awards: [Award],
        facts: JSONObject = JSONObject(), on day: CalendarDate
    ) {
        self.country = country
        var statements = statements
        statements.awards = awards
        self.statements = statements
        self.frameworks = frameworks
        self.awards = awards
        self.facts = facts
        self.day = day
    }

    /// The lines in which something is known, the best first, and for each purpose that somebody may
    /// decide and of which nothing is known one that says whom to ask.
    public var rows: [WorthRow] {
        let rows = questions.compactMap { question -> WorthRow? in
            let row = row(question)
            switch row.verdict.reason {
            // Where it is known who regulates it, it is known whom to ask.
            case .noGround? where row.verdict.rules.contains(.r11): return row
            case .noGround?, .noAward?, .noEndorsedPath?: return nil
            default: return row
            }
        }
        let known = Set(rows.map(\.purpose))
        let open = WorthSurvey.decided.filter { !known.contains($0) && mayBeDecided($0) }
            .map { row(Question(place: country, purpose: $0, target: defaultTarget)) }
            .filter { $0.verdict.reason == .noGround }
        let all = (rows + open).sorted(by: WorthRow.precedes)
        guard all.isEmpty else { return all }
        return [row(Question(place: country, purpose: .employ, target: defaultTarget))]
    }

    /// The purposes that somebody who has not said which may mean.
    private static let decided: [Purpose] = [
        .employ, .practise, .visaSkill, .title, .studyAccess,
    ]

    /// Whether somebody there is mandated to decide it.
    private func mayBeDecided(_ purpose: Purpose) -> Bool {
        let subjects = defaultTarget.subjects
        return statements.mandates.contains { known in
            known.stands(on: day)
                && known.content.mayRecognise(subjects, in: country, for: purpose, on: day)
        }
    }

    private struct Question: Hashable {
        let place: String
        let purpose: Purpose
        let target: Target
    }

    private var occupations: [String] {
        var seen: Set<String> = []
        return awards.flatMap(\.qualification.isco08).filter { seen.insert($0).inserted }
    }

    private var defaultTarget: Target {
        Target(occupations.first.map { ["occ": $0] } ?? [:])
    }

    private func row(_ question: Question) -> WorthRow {
        let asked = RecognitionQuestion(
            destination: question.place, purpose: question.purpose, awards: awards.map(\.id),
            target: question.target, day: day, facts: facts)
        return WorthRow(
            destination: question.place, purpose: question.purpose, target: question.target,
            verdict: Resolver(statements, asked).verdict)
    }

    private var questions: [Question] {
        var questions: Set<Question> = []
        for ground in statements.grounds {
            for purpose in ground.provision.purposes.compactMap(Purpose.init(rawValue:)) {
                for place in places(ground.binds) {
                    questions.insert(
                        Question(
                            place: place, purpose: purpose, target: target(ground.provision)))
                }
            }
        }
        for regulation in statements.regulations.map(\.content)
        where occupations.contains(regulation.occupation) {
            var values = ["occ": regulation.occupation]
            values["sector"] = regulation.sector
            for place in places([Jurisdiction(regulation.jurisdiction)]) {
                for purpose in regulation.isRegulated ? [Purpose.employ, .practise] : [.employ] {
                    questions.insert(
                        Question(place: place, purpose: purpose, target: Target(values)))
                }
            }
        }
        for framework in frameworks {
            questions.insert(
                Question(place: country, purpose: .level, target: Target(["fw": framework])))
        }
        return Array(questions)
    }

    /// The places of the country that a statement binds.
    private func places(_ binds: [Jurisdiction]) -> [String] {
        let own = Jurisdiction(country)
        return binds.compactMap { place in
            own.covers(place.code) ? place.code : place.covers(country) ? country : nil
        }
    }

    /// What the ground itself is about; where it says nothing, the awards' occupation.
    private func target(_ provision: Provision) -> Target {
        let values = provision.target.values.filter { $0.value != "*" }
        return values.isEmpty ? defaultTarget : Target(values)
    }
}
