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
    private let desk: WorthDesk?
    private let now: Timestamp

    init(
        subject: String, source: SourceOptions, in catalogue: Catalogue, at now: Timestamp
    ) throws {
        self.now = now
        let verification = try VerificationDesk(source: source)
        guard let database = verification.database else {
            throw CommandFailure(
                .inputMissing,
                "expected copies of logs in \(source.data), found none; run concord sync first")
        }
        let desk = WorthDesk(database: database, anchor: verification.anchor)
        self.desk = desk
        var notices = catalogue.notices
        if verification.anchor.isSample { notices.append(catalogue.text(.noticeSample)) }
        if FileManager.default.fileExists(atPath: subject) || subject == "-" {
            let bytes = try InputFile.read(subject)
            let verdict = try verification.verdict(
                on: bytes, question: VerificationQuestion(destination: nil, purpose: nil))
            guard verdict.isWorthAsking, let credential = try? AwardFile.credential(bytes) else {
                award = nil
                home = nil
                destinations = []
                heading = VerdictReport(verdict, in: catalogue).text
                refusal = verdict.exitCode == 0 ? 2 : verdict.exitCode
                return
            }
            let found = try WorthInquiry.find(
                credential.qualification, credential.version, in: credential.country, desk, now)
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
            let found = try WorthInquiry.find(
                parts.first ?? subject, parts.count > 1 ? parts[1] : nil, in: nil, desk, now)
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

    /// The newest version, by the log of its country; ids usually begin with the country's code,
    /// so that log is asked first.
    private static func find(
        _ id: String, _ version: String?, in country: String?, _ desk: WorthDesk, _ now: Timestamp
    ) throws -> (
        qualification: Qualification, home: WorthDesk.Destination,
        destinations: [WorthDesk.Destination]
    ) {
        let sources = try desk.sources(at: now)
        let likely = country ?? String(id.prefix { $0 != "." }).uppercased()
        let ordered =
            sources.filter { $0.country == likely }
            + (country == nil ? sources.filter { $0.country != likely } : [])
        for source in ordered {
            let home = try desk.home(source, about: [id], at: now)
            let versions = home.acts.qualifications(id).filter { known, standing in
                (version == nil || known.version == version) && standing.stands(on: now.day)
                    && known.country == home.country
            }
            guard let newest = versions.last else { continue }
            let subjects = [id] + newest.qualification.isco08.map { "isco:\($0)" }
            let destinations = try desk.destinations(sources, about: Set(subjects), at: now)
            return (
                newest.qualification,
                try desk.home(source, about: [id], for: destinations, at: now), destinations
            )
        }
        let name = version.map { "\(id)@\($0)" } ?? id
        throw CommandFailure(
            .inputMissing,
            "expected a file or a qualification that a log at hand registers, found neither for "
                + "\(name); sync, or check the name")
    }

    /// What one country's statements are, with the home country's beside them.
    private func statements(_ destination: WorthDesk.Destination) -> LogStatements {
        LogStatements(
            destination: destination.log, others: [home].compactMap { $0 }.map(\.log))
    }

    /// Every country is judged by itself, on as many cores as there are.
    func survey(in places: [String]) async throws -> WorthOutput {
        let asked = destinations.filter { !$0.isFrozen && isAsked($0.country, places) }
        let found = await withTaskGroup(of: [WorthOutput.Row].self) { group in
            for destination in asked { group.addTask { self.rows(destination) } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        var rows = found.filter { row in
            places.isEmpty || places.contains { Jurisdiction($0).covers(row.row.destination) }
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

    /// Whether the country's log may speak about one of the places, or none was named.
    private func isAsked(_ country: String, _ places: [String]) -> Bool {
        places.isEmpty
            || places.contains {
                Jurisdiction($0).covers(country) || Jurisdiction(country).covers($0)
            }
    }

    private func rows(_ destination: WorthDesk.Destination) -> [WorthOutput.Row] {
        guard let award else { return [] }
        let log = statements(destination)
        let survey = WorthSurvey(
            country: destination.country, statements: log.statements,
            frameworks: log.frameworks, awards: [award], on: now.day)
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

    func gaps(in place: String) async throws -> WorthOutput {
        guard let desk else { return .gaps([]) }
        let qualifications = try desk.qualifications(at: now)
        let output = try await survey(in: [place])
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
