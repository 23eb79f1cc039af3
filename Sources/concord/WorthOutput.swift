import Encoding
import Recognition
import Registry
import Verification

/// What `concord worth` prints: a survey, a gap sheet or routes, for people and for machines.
enum WorthOutput {
    /// A line of the survey with the age of the log that said it.
    struct Row {
        let row: WorthRow
        let age: Int64?
        let names: [String: String]
    }

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

    var text: String {
        switch self {
        case .survey(let rows): rows.map { lines($0) }.joined(separator: "\n")
        case .gaps(let gaps): gaps.map(gapText).joined(separator: "\n")
        case .routes(let routes): routesText(routes)
        }
    }

    private func lines(_ item: Row) -> String {
        let verdict = item.row.verdict
        var lines = [
            "\(verdict.word.rawValue.uppercased())  \(item.row.destination)  "
                + "\(item.row.purpose.rawValue)  \(WorthOutput.text(item.row.target))",
            "  \(verdict.word.meaning)",
        ]
        for ground in verdict.grounds {
            let author = ground.author.map { item.names[$0] ?? $0 }
            lines.append(
                "  decided by  "
                    + [author, ground.basis].compactMap { $0 }.joined(separator: ": ")
                    + (ground.until.map { ", until \($0)" } ?? ""))
        }
        if !verdict.level.isEmpty {
            lines.append(
                "  level       \(verdict.level.joined(separator: " to ")): advice, no entitlement")
        }
        if !verdict.missing.isEmpty {
            lines.append("  missing     \(verdict.missing.joined(separator: ", "))")
        }
        for condition in verdict.conditions { lines.append("  condition   \(condition.id)") }
        if verdict.word == .undetermined || verdict.word == .assessable {
            let ask = verdict.ask.map { item.names[$0] ?? $0 }.joined(separator: ", ")
            let reason = verdict.reason.map { " (\($0.code))" } ?? ""
            lines.append(
                verdict.word == .assessable
                    ? "  apply to    \(ask.isEmpty ? "the competent authority" : ask)"
                    : "  no decision yet\(reason); ask "
                        + (ask.isEmpty ? "the contact point of \(item.row.destination)" : ask))
        }
        lines.append("  known       \(item.age.map { "\(Age.text($0)) ago" } ?? "unwitnessed")")
        return lines.joined(separator: "\n") + "\n"
    }

    private func gapText(_ item: (row: Row, sheet: GapSheet)) -> String {
        var lines = [self.lines(item.row)]
        for part in item.sheet.covered {
            lines.append("  covered     \(part.code)\(part.title.map { "  \($0)" } ?? "")\n")
        }
        for part in item.sheet.missing {
            lines.append("  missing     \(part.code)\(part.title.map { "  \($0)" } ?? "")\n")
            for offer in part.offers {
                lines.append(
                    "    offered in \(offer.country) as part of \(offer.titles.text(in: [])) "
                        + "(\(offer.qualification), \(offer.version))\n")
            }
        }
        return lines.joined()
    }

    private func routesText(_ routes: [(route: Route, legs: [Row])]) -> String {
        guard !routes.isEmpty else {
            return "no rule of that country opens a way through a third country; a recognition "
                + "elsewhere does not carry over\n"
        }
        return routes.map { item in
            var lines = [
                "through \(item.route.through.joined(separator: ", ")): "
                    + (item.route.ground.basis ?? item.route.ground.id),
                "  gives       \(item.route.effect.rawValue), for "
                    + item.route.purposes.joined(separator: ", "),
            ]
            lines += (item.route.steps + item.route.entry).map { "  asks        \($0.text)" }
            lines += item.route.conditions.map { "  condition   \($0.id)" }
            lines += item.legs.map {
                "  there       \($0.row.destination): "
                    + "\($0.row.verdict.word.rawValue) for \($0.row.purpose.rawValue)"
            }
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    static func text(_ target: Target) -> String {
        target.values.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
    }

    var document: JSONValue {
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

extension Predicate {
    /// Its kind and members as they stand.
    fileprivate var text: String {
        let rest = members.members.filter { $0.name != "p" }.map {
            "\($0.name) \(String(decoding: $0.value.serialized, as: UTF8.self))"
        }
        return ([kind] + rest).joined(separator: ", ")
    }
}
