public import Encoding
public import Registry

/// Everything that one country's statements say about awards: for every purpose and target that
/// any of them names.
///
/// `Protocol/recognition.md § Survey`. Where nothing is known, one line says so and whom to ask.
public struct WorthSurvey: Sendable {
    private let country: String
    private let statements: StatementSet
    private let frameworks: [String]
    private let awards: [Award]
    private let day: CalendarDate

    /// - Parameters:
    ///   - statements: the country's, with every act about the awards' qualifications, their
    ///     occupations and the country, and the awards themselves.
    ///   - frameworks: the country's own.
    public init(
        country: String, statements: StatementSet, frameworks: [String], awards: [Award],
        on day: CalendarDate
    ) {
        self.country = country
        var statements = statements
        statements.awards = awards
        self.statements = statements
        self.frameworks = frameworks
        self.awards = awards
        self.day = day
    }

    /// The lines in which something is known, the best first; or the one that says whom to ask.
    public var rows: [WorthRow] {
        let rows = questions.compactMap { question -> WorthRow? in
            let row = row(question)
            switch row.verdict.reason {
            // Where it is known who regulates it, it is known whom to ask.
            case .noGround? where row.verdict.rules.contains(.r11): return row
            case .noGround?, .noAward?, .noEndorsedPath?: return nil
            default: return row
            }
        }.sorted(by: WorthRow.precedes)
        return rows.isEmpty ? [row(unasked)] : rows
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

    /// The question of somebody who has not said which: the first for which somebody may decide,
    /// so that it is known whom to ask.
    private var unasked: Question {
        let subjects = defaultTarget.subjects
        let purposes: [Purpose] = [.employ, .practise, .visaSkill, .title, .studyAccess]
        let purpose = purposes.first { purpose in
            statements.mandates.contains { known in
                known.stands(on: day)
                    && known.content.mayRecognise(subjects, in: country, for: purpose, on: day)
            }
        }
        return Question(place: country, purpose: purpose ?? .employ, target: defaultTarget)
    }

    private var defaultTarget: Target {
        Target(occupations.first.map { ["occ": $0] } ?? [:])
    }

    private func row(_ question: Question) -> WorthRow {
        let asked = RecognitionQuestion(
            destination: question.place, purpose: question.purpose, awards: awards.map(\.id),
            target: question.target, day: day)
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
