import Cryptography
import Encoding
import Recognition
import Registrar
import Registry
import Verification

/// What `concord worth` found: a survey, a gap sheet or routes. `WorthText` says it to people.
enum WorthOutput {
    typealias Row = QualificationSurvey.Row

    case survey([Row])
    case gaps([(row: Row, sheet: GapSheet)])
    case routes([(route: Route, legs: [Row])])

    var exitCode: Int32 {
        switch self {
        case .survey(let rows): WorthOutput.exitCode(rows)
        case .gaps(let gaps): WorthOutput.exitCode(gaps.map(\.row))
        case .routes(let routes): routes.isEmpty ? 2 : 0
        }
    }

    private static func exitCode(_ rows: [Row]) -> Int32 {
        let words = rows.map(\.row.verdict.word)
        if words.contains(where: { [.granted, .provisional, .free].contains($0) }) { return 0 }
        return words.allSatisfy { $0 == .undetermined || $0 == .conflict } ? 2 : 3
    }

    static func text(_ target: Target) -> String {
        target.values.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
    }

    /// - Parameter digest: of what was known, in every element.
    func document(knowing digest: HashValue) -> JSONValue {
        .array(
            (elements.array ?? []).map { element in
                var object = element.object ?? JSONObject()
                object["knowledge"] = .string(digest.hexadecimal)
                return .object(object)
            })
    }

    private var elements: JSONValue {
        switch self {
        case .survey(let rows): .array(rows.map { .object(members($0)) })
        case .gaps(let gaps): .array(gaps.map { .object(gapMembers($0)) })
        case .routes(let routes):
            .array(
                routes.map { item in
                    [
                        "ground": .string(item.route.ground.id),
                        "through": .array(item.route.through.map(JSONValue.string)),
                        "effect": .string(item.route.effect.rawValue),
                        "purposes": .array(item.route.purposes.map(JSONValue.string)),
                        "asks": .array(
                            (item.route.steps + item.route.entry).map { .object($0.members) }),
                        "conditions": .array(item.route.conditions.map { .string($0.id) }),
                        "there": .array(item.legs.map { .object(members($0)) }),
                    ]
                })
        }
    }

    private func members(_ item: Row) -> JSONObject {
        var target = JSONObject()
        for (name, value) in item.row.target.values.sorted(by: { $0.key < $1.key }) {
            target[name] = .string(value)
        }
        var object: JSONObject = [
            "destination": .string(item.row.destination),
            "purpose": .string(item.row.purpose.rawValue), "target": .object(target),
            "verdict": item.row.verdict.document,
            "ask": .array(item.row.verdict.ask.map(JSONValue.string)),
        ]
        object["age"] = item.age.map(JSONValue.integer)
        return object
    }

    private func gapMembers(_ item: (row: Row, sheet: GapSheet)) -> JSONObject {
        var object = members(item.row)
        object["covered"] = .array(item.sheet.covered.map { .string($0.code) })
        object["titles"] = .object(
            JSONObject(
                item.sheet.titles.sorted { $0.key < $1.key }.map { code, title in
                    JSONObject.Member(code, .string(title))
                }))
        object["missing"] = .array(
            item.sheet.missing.map { part in
                [
                    "code": .string(part.code),
                    "offers": .array(
                        part.offers.map { .string("\($0.qualification)@\($0.version)") }),
                ]
            })
        return object
    }
}
