import Cryptography
import Language
import Recognition
import Registrar
import Registry
import Verification

/// What `concord worth` says to people, in the reader's language.
struct WorthText {
    private let output: WorthOutput
    private let digest: HashValue
    private let catalogue: Catalogue
    private let layout: ReportLayout

    init(_ output: WorthOutput, knowing digest: HashValue, in catalogue: Catalogue) {
        self.output = output
        self.digest = digest
        self.catalogue = catalogue
        layout = ReportLayout(catalogue)
    }

    /// With the digest of what was known, as a verdict has it.
    var text: String {
        let known = Message(
            .knowledgeDigest, ["digest": .text(String(digest.hexadecimal.prefix(16)))])
        return blocks + "\n" + catalogue.text(of: known) + "\n"
    }

    private var blocks: String {
        let blocks =
            switch output {
            case .survey(let rows): rows.concurrentMap(lines)
            case .gaps(let gaps): gaps.map { lines($0.row) + offers($0.sheet) }
            case .routes(let routes) where routes.isEmpty: [[catalogue.text(.routeNone)]]
            case .routes(let routes): routes.map { lines($0.route, $0.legs) }
            }
        return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private func lines(_ item: WorthOutput.Row) -> [String] {
        let report = WorthReport(item.row.verdict, names: item.names, in: layout)
        let question = [
            item.row.destination, item.row.purpose.rawValue, WorthOutput.text(item.row.target),
        ].filter { !$0.isEmpty }.joined(separator: "  ")
        let age =
            item.age.map { Message(.surveyKnown, ["age": .message(.age($0))]) }
            ?? Message(.surveyAgeless)
        // Names and birth years are compared by who verifies, not by who asks what it is worth.
        let steps = WorthSteps(item.row.verdict, names: item.names).messages
            .filter { $0.key != .nextCompareDocument }
        return [catalogue.isolated(question), report.headline] + report.lines
            + (steps + [age]).map { "  " + catalogue.text(of: $0) }
    }

    /// Where the missing parts are offered.
    private func offers(_ sheet: GapSheet) -> [String] {
        sheet.missing.flatMap { part in
            part.offers.map { offer in
                let message = Message(
                    .gapOffered,
                    [
                        "country": .text(offer.country),
                        "title": .text(offer.titles.text(in: [catalogue.translation.tag])),
                        "id": .text("\(offer.qualification), \(offer.version)"),
                    ])
                let name = [part.code, part.title].compactMap { $0 }.joined(separator: " ")
                return "  \(catalogue.isolated(name)): \(catalogue.text(of: message))"
            }
        }
    }

    private func lines(_ route: Route, _ legs: [WorthOutput.Row]) -> [String] {
        let names = legs.first?.names ?? WorthNames()
        func list(_ texts: [String]) -> Message.Argument {
            .list(texts.map { .text($0) }, .comma)
        }
        var messages = [
            Message(
                .routeGives,
                ["effect": .text(route.effect.rawValue), "purposes": list(route.purposes)])
        ]
        messages += (route.steps + route.entry).map { predicate in
            Message(
                .routeAsks, ["requirement": RequirementSentence(predicate, names).argument])
        }
        let sentences = WorthSentences(RecognitionVerdict(.conditional), names: names)
        messages += route.conditions.map { condition in
            sentences.condition(
                OpenCondition(
                    id: condition.id, origin: .ground(route.ground.id),
                    alternatives: condition.anyOf, stage: condition.stage,
                    deadline: condition.deadline))
        }
        messages += legs.map { leg in
            Message(
                .routeThere,
                [
                    "place": .text(leg.row.destination),
                    "code": .text(leg.row.purpose.rawValue),
                    "word": .message(.word(leg.row.verdict.word)),
                ])
        }
        let through = Message(
            .routeThrough,
            [
                "places": list(route.through),
                "ground": .text(route.ground.basis ?? route.ground.id),
            ])
        return [catalogue.text(of: through)] + messages.map { "  " + catalogue.text(of: $0) }
    }
}
