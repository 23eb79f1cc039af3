import ArgumentParser
import Cryptography
import Encoding
import Registrar
import Registry

struct PublishQualificationCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "qualification", abstract: "Register one version of a qualification.",
        discussion: """
              concord publish qualification --id ph.smaw-nc2 --version 2013 --country PH \\
                --title "Shielded Metal Arc Welding NC II" --isco 7212 --by ph.tesda \\
                --key tesda.key --node ./ph
            """)

    @Option(help: "The qualification's id, such as ph.smaw-nc2.")
    var id: String
    @Option(help: "Its version.")
    var version: String
    @Option(help: "Its country.")
    var country: String
    @Option(help: "Its title in English.")
    var title: String
    @Option(help: "An occupation of ISCO-08. Can be repeated.")
    var isco: [String] = []
    @Option(help: "Its framework's id.")
    var framework: String?
    @Option(help: "Its level there.")
    var level: String?
    @Option(help: "A unit as CODE=TITLE. Can be repeated.")
    var unit: [String] = []
    @Option(name: .customLong("valid-months"), help: "How long an award is current.")
    var validMonths: Int64?
    @Option(help: "The registering authority's id.")
    var by: String
    @OptionGroup var basis: BasisOptions
    @OptionGroup var options: PublishOptions

    func perform() async throws {
        let units = try unit.map { text -> JSONValue in
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else {
                throw CommandFailure(.usage, "expected a unit as CODE=TITLE, found \(text)")
            }
            return [
                "code": .string(String(parts[0])), "title": .string(String(parts[1])),
                "kind": "core",
            ]
        }
        var act: JSONObject = [
            "qualification": .string(id), "version": .string(version),
            "country": .string(country), "titles": ["en": .string(title)],
        ]
        act["framework"] = framework.map(JSONValue.string)
        act["level"] = level.map(JSONValue.string)
        act["isco08"] = .array(isco.map(JSONValue.string))
        act["iscedF"] = []
        act["awardValidMonths"] = validMonths.map(JSONValue.integer)
        act["units"] = .array(units)
        act["basis"] = basis.value
        try await options.publish([
            ActDraft(kind: "qualification", author: by, subjects: [id], act: act)
        ])
    }
}

struct PublishRegulationCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "regulation", abstract: "Say whether an occupation is regulated here.",
        discussion: """
              concord publish regulation --jurisdiction DE --occupation 2221 --regulated \\
                --by de.authority --key authority.key --node ./de
            """)

    @Option(help: "The country or the part of one.")
    var jurisdiction: String
    @Option(help: "The occupation, as a code of ISCO-08.")
    var occupation: String
    @Option(help: "The sector, where it differs by sector.")
    var sector: String?
    @Flag(inversion: .prefixedNo, help: "Whether it is regulated.")
    var regulated: Bool
    @Option(help: "The competent authority's id.")
    var authority: String?
    @Option(help: "The author's id.")
    var by: String
    @OptionGroup var basis: BasisOptions
    @OptionGroup var options: PublishOptions

    func perform() async throws {
        var act: JSONObject = [
            "jurisdiction": .string(jurisdiction), "occupation": .string(occupation),
            "regulated": .bool(regulated),
        ]
        act["sector"] = sector.map(JSONValue.string)
        act["authority"] = authority.map(JSONValue.string)
        act["basis"] = basis.value
        try await options.publish([
            ActDraft(
                kind: "regulation", author: by, subjects: ["isco:\(occupation)", jurisdiction],
                act: act)
        ])
    }
}

struct PublishEquivalenceCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "equivalence",
        abstract: "Say what a foreign qualification counts as here, for which purposes.",
        discussion: """
              concord publish equivalence --jurisdiction DE --qualification ph.smaw-nc2 \\
                --occupation 7212 --purpose employ --effect right --since 2026-01-01 \\
                --by de.authority --key authority.key --node ./de
            """)

    @Option(help: "The country or the part of one in which it counts.")
    var jurisdiction: String
    @Option(help: "The foreign qualification's id.")
    var qualification: String
    @Option(name: .customLong("target-qualification"), help: "What it is compared with.")
    var targetQualification: String?
    @Option(help: "The occupation for which it counts, as a code of ISCO-08.")
    var occupation: String?
    @Option(help: "A purpose. Can be repeated.")
    var purpose: [String]
    @Option(help: "right, assess, advice, refuse or alternative.")
    var effect = "right"
    @Option(help: "A part that is covered. Can be repeated; none: all of it.")
    var covers: [String] = []
    @Option(help: "A part that is missing. Can be repeated.")
    var missing: [String] = []
    @Option(help: "The first day.")
    var since: String
    @Option(help: "The last day.")
    var until: String?
    @Option(help: "The author's id.")
    var by: String
    @OptionGroup var basis: BasisOptions
    @OptionGroup var options: PublishOptions

    func validate() throws {
        if targetQualification == nil, occupation == nil {
            throw ValidationError("expected --target-qualification or --occupation")
        }
    }

    func perform() async throws {
        var target: JSONObject = [:]
        target["qual"] = targetQualification.map(JSONValue.string)
        target["occ"] = occupation.map(JSONValue.string)
        var act: JSONObject = [
            "jurisdiction": .string(jurisdiction),
            "purposes": .array(purpose.map(JSONValue.string)), "target": .object(target),
            "entry": [["p": "award-qual", "in": [.string(qualification)]]],
            "effect": .string(effect), "since": .string(since),
        ]
        if !covers.isEmpty { act["scope"] = .array(covers.map(JSONValue.string)) }
        if !missing.isEmpty { act["differences"] = .array(missing.map(JSONValue.string)) }
        act["until"] = until.map(JSONValue.string)
        act["basis"] = basis.value
        let subjects =
            [qualification]
            + [targetQualification, occupation.map { "isco:\($0)" }].compactMap { $0 }
        try await options.publish([
            ActDraft(kind: "equivalence", author: by, subjects: subjects, act: act)
        ])
    }
}

struct PublishWithdrawCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "End an earlier act of the same author.",
        discussion: """
            Name the act by its identity, or by its kind and a subject if that is one act.
              concord publish withdraw --subject ph.centre --kind accreditation --reason ... \\
                --by ph.tesda --key tesda.key --node ./ph
            """)

    @Option(help: "The identity of the act: the SHA-256 of its text.")
    var act: String?
    @Option(help: "A subject of the act.")
    var subject: String?
    @Option(help: "The kind of the act.")
    var kind: String?
    @Option(help: "The first day on which it no longer stands; default: today.")
    var from: String?
    @Flag(help: "Annul it: it never stood.")
    var annul = false
    @Option(help: "Why.")
    var reason: String
    @Option(help: "The author's id.")
    var by: String
    @OptionGroup var options: PublishOptions

    func validate() throws {
        if act == nil, subject == nil || kind == nil {
            throw ValidationError("expected --act, or --subject and --kind")
        }
    }

    func perform() async throws {
        let office = try options.office()
        let target = try office.standingAct(
            identity: act.flatMap { HashValue(hexadecimal: $0) }, kind: kind, subject: subject,
            author: by, at: Clock.now)
        var content: JSONObject = [
            "act": .string(target.identity.hexadecimal), "reason": .string(reason),
        ]
        content["from"] = from.map(JSONValue.string)
        if annul { content["annul"] = true }
        try await options.publish([
            ActDraft(
                kind: "withdrawal", author: by, subjects: target.envelope.subjects, act: content)
        ])
    }
}
