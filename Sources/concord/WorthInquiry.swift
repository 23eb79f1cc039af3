import Cryptography
import Encoding
import Foundation
import Language
import Recognition
import Registrar
import Registry
import Verification

/// One `concord worth`: the certificate or qualification that it is about, and the copies that
/// answer.
struct WorthInquiry {
    /// Shown before the answer: what it is about, or why it cannot be judged.
    let heading: String
    /// The exit code where the certificate cannot be judged at all.
    let refusal: Int32?
    private let award: Award?
    private let found: QualificationSurvey?
    private let knowledge: WorthKnowledge
    /// What the holder states of themselves.
    private let facts: JSONObject
    private let now: Timestamp

    init(
        subject: String, source: SourceOptions, facts: JSONObject, in catalogue: Catalogue,
        at now: Timestamp
    ) throws {
        self.now = now
        self.facts = facts
        let verification = try VerificationDesk(source: source)
        let isFile = FileManager.default.fileExists(atPath: subject) || subject == "-"
        let input =
            isFile ? try VerificationInput(parsing: CertificateInput.read(subject).bytes) : nil
        let knowledge = try WorthInquiry.knowledge(verification, input, in: source.data, now)
        self.knowledge = knowledge
        let title: Message
        if let input {
            let desk = VerdictDesk(anchor: verification.anchor, database: verification.database)
            switch try AwardSurvey(of: input, by: desk, knowing: knowledge, at: now) {
            case .refused(let verdict):
                award = nil
                found = nil
                heading = VerdictReport(verdict, in: catalogue).text
                refusal = verdict.exitCode == 0 ? 2 : verdict.exitCode
                return
            case .unregistered(let name): throw WorthInquiry.unregistered(name)
            case .award(let judged, let survey):
                award = judged
                found = survey
                title = Message(
                    .surveyAward,
                    [
                        "title": .text(survey.qualification.titles.text(in: [])),
                        "id": .text(survey.qualification.versionName),
                        "date": .date(judged.awarded),
                    ])
            }
        } else {
            let parts = subject.split(separator: "@", maxSplits: 1).map(String.init)
            guard
                let survey = try QualificationSurvey(
                    of: parts.first ?? subject, version: parts.count > 1 ? parts[1] : nil,
                    on: now.day, by: knowledge, at: now)
            else { throw WorthInquiry.unregistered(subject) }
            award = survey.awardOfToday
            found = survey
            title = Message(
                .surveyQualification,
                [
                    "title": .text(survey.qualification.titles.text(in: [])),
                    "id": .text(survey.qualification.versionName),
                ])
        }
        var notices = catalogue.notices
        if verification.anchor.isSample { notices.append(catalogue.text(.noticeSample)) }
        heading = (notices + [catalogue.text(of: title)]).joined(separator: "\n") + "\n\n"
        refusal = nil
    }

    /// The copies at hand, or, where there are none, the dossier itself.
    private static func knowledge(
        _ verification: VerificationDesk, _ input: VerificationInput?, in folder: String,
        _ now: Timestamp
    ) throws -> WorthKnowledge {
        if let database = verification.database {
            let copies = try WorthKnowledge(
                copies: WorthDesk(database: database, anchor: verification.anchor), at: now)
            if !copies.countries.isEmpty { return copies }
        }
        guard case .dossier(let dossier)? = input else {
            throw CommandFailure(
                .inputMissing,
                "expected copies of logs in \(folder), found none; run concord sync first, or give "
                    + "a dossier")
        }
        return WorthKnowledge(
            dossier: try dossier.knowledge(anchor: verification.anchor, at: now),
            at: now)
    }

    private static func unregistered(_ name: String) -> CommandFailure {
        CommandFailure(
            .inputMissing,
            "expected a file or a qualification that a log at hand registers, found neither for "
                + "\(name); sync, or check the name")
    }

    /// Of the logs at hand, as a verdict names it.
    var digest: HashValue { knowledge.digest }

    func survey(in places: [String]) async throws -> WorthOutput {
        guard let award, let survey = found else { return .survey([]) }
        let rows = await survey.rows(for: award, in: places, stating: facts).filter { row in
            places.isEmpty || places.contains { Jurisdiction($0).covers(row.row.destination) }
        }
        for place in places
        where !rows.contains(where: { Jurisdiction(place).covers($0.row.destination) }) {
            throw CommandFailure(
                .inputMissing,
                "no log of \(place) is here that the anchor names; sync, or add the peer")
        }
        return .survey(rows)
    }

    func gaps(in place: String) async throws -> WorthOutput {
        let qualifications = try knowledge.qualifications
        let output = try await survey(in: [place])
        guard case .survey(let rows) = output else { return output }
        return .gaps(
            rows.filter { $0.row.purpose != .level }.map { row in
                let sheet = GapSheet(row.row, among: qualifications)
                return (row.naming(sheet.titles), sheet)
            })
    }

    func routes(to place: String) throws -> WorthOutput {
        guard let award, let survey = found else { return .routes([]) }
        let country = String(place.prefix(2))
        guard let destination = survey.destinations.first(where: { $0.country == country }) else {
            throw CommandFailure(
                .inputMissing,
                "no log of \(place) is here that the anchor names; sync, or add the peer")
        }
        let routes = Route.all(
            in: survey.statements(of: destination).statements, to: place,
            from: [award.qualification.country], occupations: award.qualification.isco08,
            on: now.day)
        return .routes(
            routes.map { route in
                var seen: Set<WorthRow> = []
                let legs = route.through.flatMap { through in
                    survey.destinations.filter { Jurisdiction($0.country).covers(through) }
                        .flatMap { survey.rows(for: award, in: $0, stating: facts) }
                        .filter { row in
                            let place = row.row.destination
                            return route.purposes.contains(row.row.purpose.rawValue)
                                && (Jurisdiction(place).covers(through)
                                    || Jurisdiction(through).covers(place))
                                && seen.insert(row.row).inserted
                        }
                }
                return (route, legs)
            })
    }
}
