public import Encoding
public import Issuance
import Language
import Registry
public import TransparencyLog

/// What the log of a country says about a template, before the first award is made from it.
///
/// `Protocol/template.md § Checking`.
public struct TemplateCheck: Sendable {
    public struct Finding: Hashable, Sendable {
        public let isGood: Bool
        public let subject: String
        public let text: String
    }

    public private(set) var findings: [Finding] = []

    public var isGood: Bool { findings.allSatisfy(\.isGood) }

    private let template: AwardTemplate

    /// - Parameters:
    ///   - body: the awarding body; nil: only the registered version is looked at.
    ///   - key: with which it is to sign; nil: any that it was given.
    public init(
        _ template: AwardTemplate, body: String?, key: NoteKey?, in office: Office,
        at now: Timestamp
    ) throws {
        self.template = template
        let state =
            try body.map {
                try office.state(of: $0, awarding: [template.qualification], at: now)
            } ?? office.state(about: [template.qualification], at: now)
        checkLanguages()
        checkVersion(in: state, on: now.day)
        if let body { checkBody(body, key, in: state, on: now.day) }
    }

    private mutating func note(_ isGood: Bool, _ subject: String, _ text: String) {
        findings.append(Finding(isGood: isGood, subject: subject, text: text))
    }

    /// A page is printed in languages that have texts.
    private mutating func checkLanguages() {
        let strange = template.languages.filter { LanguageTag($0).translation == nil }
        let known = LanguageTag.known.map(\.description).joined(separator: ", ")
        guard !strange.isEmpty else { return }
        note(
            false, "languages",
            "no texts in \(strange.joined(separator: ", ")); there are texts in \(known)")
    }

    private mutating func checkVersion(in state: LogState, on day: CalendarDate) {
        let standing = state.qualifications(template.qualification)
            .filter { $0.1.stands(on: day) }.map(\.qualification)
        // Each row is judged by the day of its award: one of the past may be of a former version.
        let former = state.qualifications(template.qualification).map(\.qualification)
            .last { $0.version == template.version }
        guard let version = standing.last(where: { $0.version == template.version }) ?? former
        else {
            let known = Set(standing.map(\.version)).sorted()
            note(
                false, "qualification",
                known.isEmpty
                    ? "no version of \(template.qualification) stands in this log"
                    : "expected a registered version of \(template.qualification), found "
                        + "\(template.version); registered: \(known.joined(separator: ", "))")
            return
        }
        note(
            true, "qualification",
            "\(version.titles.text(in: template.languages)), version \(version.version)"
                + (standing.contains { $0.version == version.version }
                    ? "" : "; not registered today: for awards of the days on which it was"))
        if let level = template.level {
            note(
                level == version.level, "level",
                level == version.level
                    ? "\(level), as registered"
                    : "expected the registered level \(version.level ?? "(none)"), found \(level)")
        }
        checkValidity(version)
        let known = Set(version.units.map(\.code))
        let strange = template.namedUnits.filter { !known.contains($0) }
        if !template.namedUnits.isEmpty {
            note(
                strange.isEmpty, "units",
                strange.isEmpty
                    ? "all are units of this version"
                    : "not units of this version: \(strange.joined(separator: ", "))")
        }
    }

    /// An award may be current for less time than the registered version says, never for more.
    private mutating func checkValidity(_ version: Qualification) {
        guard let registered = version.awardValidMonths else {
            note(true, "validity", "the registered version does not expire; as the template says")
            return
        }
        switch template.validity {
        case .months(let months) where months <= registered:
            note(true, "validity", "\(months) months, of \(registered) registered")
        case .months(let months):
            note(
                false, "validity",
                "expected at most the registered \(registered) months, found \(months)")
        case .field: note(true, "validity", "as each row says; registered: \(registered) months")
        case .none:
            note(
                false, "validity",
                "expected the registered \(registered) months or fewer, found none")
        }
    }

    private mutating func checkBody(
        _ body: String, _ key: NoteKey?, in state: LogState, on day: CalendarDate
    ) {
        let all = state.accreditations(of: body)
        guard !all.isEmpty else {
            note(false, "body", "no accreditation of \(body) stands in this log")
            return
        }
        let qualified = all.filter {
            $0.accreditation.qualifications.contains(template.qualification)
        }
        guard !qualified.isEmpty else {
            let scope = Set(all.flatMap(\.accreditation.qualifications)).sorted()
            note(
                false, "scope",
                "\(body) is not accredited for \(template.qualification); it is for "
                    + scope.joined(separator: ", "))
            return
        }
        let sited = qualified.filter { item in
            template.site.map { item.accreditation.site == $0 } ?? true
        }
        guard !sited.isEmpty else {
            let sites = Set(qualified.map { $0.accreditation.site ?? "(no site)" }).sorted()
            note(
                false, "site",
                "expected the accredited site \(sites.joined(separator: " or ")), found "
                    + "\(template.site ?? "")")
            return
        }
        let keyed = sited.filter { item in key.map { item.accreditation.key == $0 } ?? true }
        guard !keyed.isEmpty else {
            note(false, "key", "the accreditation names another key of \(body) than this one")
            return
        }
        let standing = keyed.filter {
            $0.standing.end == nil && (state.grant(of: $0)?.signs(at: .max - 1) ?? false)
        }
        guard let current = standing.last(where: { $0.accreditation.period.contains(day) }) else {
            note(
                false, "period",
                standing.isEmpty
                    ? "the accreditation or its key has ended"
                    : "the accreditation does not cover today, \(day)")
            return
        }
        let period = current.accreditation.period
        note(
            true, "scope",
            "\(current.accreditation.names.text(in: template.languages)) may award it from "
                + "\(period.from)" + (period.until.map { " until \($0)" } ?? ""))
        if template.hasArchive {
            let allows = standing.contains { $0.accreditation.allowsArchive }
            note(
                allows, "archive",
                allows
                    ? "awards of the past may be confirmed, from \(period.from)"
                    : "the accreditation does not allow archive confirmations")
        }
    }
}
