import Credentials
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
    private let home: WorthDesk.Destination?
    private let destinations: [WorthDesk.Destination]
    private let knowledge: WorthKnowledge
    private let now: Timestamp

    init(
        subject: String, source: SourceOptions, in catalogue: Catalogue, at now: Timestamp
    ) throws {
        self.now = now
        let verification = try VerificationDesk(source: source)
        let isFile = FileManager.default.fileExists(atPath: subject) || subject == "-"
        let bytes = isFile ? try InputFile.read(subject) : nil
        let knowledge = try WorthKnowledge(verification, bytes, in: source.data, at: now)
        self.knowledge = knowledge
        var notices = catalogue.notices
        if verification.anchor.isSample { notices.append(catalogue.text(.noticeSample)) }
        if let bytes {
            let verdict = try verification.verdicts(
                on: bytes, question: VerificationQuestion(destination: nil, purpose: nil))[0]
            guard verdict.isWorthAsking, let credential = try? AwardFile.credential(bytes) else {
                award = nil
                home = nil
                destinations = []
                heading = VerdictReport(verdict, in: catalogue).text
                refusal = verdict.exitCode == 0 ? 2 : verdict.exitCode
                return
            }
            let found = try knowledge.find(
                credential.qualification, credential.version, in: credential.country,
                on: credential.awarded)
            (home, destinations) = (found.home, found.destinations)
            award = Award(
                id: credential.qualification, qualification: found.qualification,
                body: credential.issuer, awarded: credential.awarded,
                started: credential.started, validUntil: credential.validUntil,
                mode: credential.mode ?? "formal", units: credential.units,
                authenticity: .proven)
            let title = Message(
                .surveyAward,
                [
                    "title": .text(found.qualification.titles.text(in: [])),
                    "id": .text(found.qualification.versionName),
                    "date": .date(credential.awarded),
                ])
            heading =
                (notices + [catalogue.text(of: title)]).joined(separator: "\n") + "\n\n"
        } else {
            let parts = subject.split(separator: "@", maxSplits: 1).map(String.init)
            let found = try knowledge.find(
                parts.first ?? subject, parts.count > 1 ? parts[1] : nil, in: nil, on: now.day)
            (home, destinations) = (found.home, found.destinations)
            award = Award(
                id: found.qualification.id, qualification: found.qualification, body: "",
                awarded: now.day, authenticity: .proven)
            let title = Message(
                .surveyQualification,
                [
                    "title": .text(found.qualification.titles.text(in: [])),
                    "id": .text(found.qualification.versionName),
                ])
            heading =
                (notices + [catalogue.text(of: title)]).joined(separator: "\n") + "\n\n"
        }
        refusal = nil
    }

    /// What one country's statements are, with the home country's beside them.
    private func statements(_ destination: WorthDesk.Destination) -> LogStatements {
        LogStatements(
            destination: destination.log, others: [home].compactMap { $0 }.map(\.log))
    }

    func survey(in places: [String]) throws -> WorthOutput {
        var rows: [WorthOutput.Row] = []
        for destination in destinations where !destination.isFrozen {
            rows += self.rows(destination).filter { row in
                places.isEmpty || places.contains { Jurisdiction($0).covers(row.row.destination) }
            }
        }
        for place in places
        where !rows.contains(where: { Jurisdiction(place).covers($0.row.destination) }) {
            throw CommandFailure(
                .inputMissing,
                "no log of \(place) is here that the anchor names; sync, or add the peer")
        }
        rows.sort { WorthRow.precedes($0.row, $1.row) }
        return .survey(rows)
    }

    private func rows(_ destination: WorthDesk.Destination) -> [WorthOutput.Row] {
        guard let award else { return [] }
        let log = statements(destination)
        // A framework that has a table is one of the country's, wherever it was registered.
        let frameworks = destination.acts.compactMap { standing -> String? in
            guard case .referencing(let act) = standing.act, standing.isMandated else {
                return nil
            }
            return act.from
        }
        let survey = WorthSurvey(
            country: destination.country, statements: log.statements,
            frameworks: Set(log.frameworks + frameworks).sorted(), awards: [award], on: now.day)
        return survey.rows.map { row in
            WorthOutput.Row(
                row: row, age: destination.quorumTime.map { now.seconds(since: $0) },
                names: WorthNames(names: names(row.verdict, destination), places: log.places))
        }
    }

    private func names(
        _ verdict: RecognitionVerdict, _ destination: WorthDesk.Destination
    ) -> [String: String] {
        var names: [String: String] = [:]
        for id in verdict.ask + verdict.grounds.compactMap(\.author) {
            names[id] = destination.acts.name(of: id)
        }
        return names
    }

    func gaps(in place: String) throws -> WorthOutput {
        let qualifications = try knowledge.qualifications
        let output = try survey(in: [place])
        guard case .survey(let rows) = output else { return output }
        return .gaps(
            rows.filter { $0.row.purpose != .level }.map { row in
                (row, GapSheet(row.row, among: qualifications))
            })
    }

    func routes(to place: String) throws -> WorthOutput {
        guard let award else { return .routes([]) }
        let country = String(place.prefix(2))
        guard let destination = destinations.first(where: { $0.country == country }) else {
            throw CommandFailure(
                .inputMissing,
                "no log of \(place) is here that the anchor names; sync, or add the peer")
        }
        let routes = Route.all(
            in: statements(destination).statements, to: place,
            occupations: award.qualification.isco08, on: now.day)
        return .routes(
            routes.map { route in
                let legs = route.through.flatMap { through in
                    destinations.filter { Jurisdiction($0.country).covers(through) }
                        .flatMap(rows)
                        .filter { row in
                            !Set(route.purposes).isDisjoint(with: [row.row.purpose.rawValue])
                        }
                }
                return (route, legs)
            })
    }
}

extension Verdict {
    /// Whether the certificate is genuine and holds, as far as the checks before worth say: its
    /// own holder need not show control of a key to learn what it is worth.
    fileprivate var isWorthAsking: Bool {
        checks.allSatisfy { check in
            check.outcome == .passed || check.step == .worth
                || check.outcome == .undetermined(.holderNotShown)
        }
    }
}

/// The award in a file that somebody hands over: a certificate or a dossier.
enum AwardFile {
    static func credential(_ bytes: [UInt8]) throws -> QualificationCredential {
        let file =
            VerificationDesk.isDossier(bytes)
            ? try Dossier(parsing: bytes).presentation : try CredentialFile(parsing: bytes)
        return try QualificationCredential(parsing: file.credential)
    }
}
