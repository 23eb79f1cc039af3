internal import Encoding
internal import Language
internal import Node
internal import Pages
internal import Recognition
internal import Registrar
internal import Registry
internal import Verification

/// `POST /recognition`: whether a country recognises a qualification for a purpose.
///
/// `Protocol/pages.md § Trust queries`. Only what is granted is yes, and only what is refused or
/// barred is no: every other word is a problem that says it, since half of an answer misleads.
struct RecognitionAnswer {
    let document: JSONValue

    init(_ query: TrustQuery, office: Office, visit: Visit) throws {
        guard let purpose = Purpose(rawValue: query.action) else {
            throw query.unknownAction(among: Purpose.allCases.map(\.rawValue))
        }
        let anchor = try office.anchor(at: query.now)
        let target = try RecognitionAnswer.target(query)
        let desk = WorthDesk(database: office.database, anchor: anchor)
        let day = query.time.day
        guard
            let survey = try QualificationSurvey(
                of: query.resource, against: target, on: day,
                by: WorthKnowledge(copies: desk, at: query.now), at: query.now)
        else {
            throw SiteProblem.unanswerable(
                Message(.registryNone), reason: ReasonCode.qualificationUnknown.rawValue)
        }
        guard query.entity == survey.home.country || survey.home.knows(query.entity) else {
            throw query.unknown(query.entity, in: survey.home.country)
        }
        let (destination, place) = try RecognitionAnswer.deciding(query, survey)
        let countries = [survey.home.country, destination.country]
        let subjects = survey.subjects(against: target).union([place, destination.country])
        let knowledge = try KnowledgeReader(database: office.database, anchor: anchor)
            .knowledge(of: Set(countries), about: subjects, at: query.now)
        for country in countries {
            let check = LogsCheck(
                knowledge, for: purpose, of: country, about: subjects, at: query.now
            ).check
            if let reason = check.outcome.reason {
                throw SiteProblem.unanswerable(check.detail, reason: reason.rawValue)
            }
        }
        let found = survey.verdict(
            on: survey.award(on: day), in: destination, at: place, for: purpose, against: target,
            on: day)
        let verdict = found.verdict
        let sentences = [
            Message(
                .checkWorth,
                [
                    "destination": .text(place), "code": .text(purpose.rawValue),
                    "word": .message(.word(verdict.word)),
                    "meaning": .message(.meaning(verdict.word)),
                ]), WorthSentences(verdict, names: found.names).reason,
        ].compactMap { $0 }.map { visit.context.catalogue.text(of: $0) }
        document = query.answer(
            "recognized", try RecognitionAnswer.isRecognized(verdict, query),
            message: sentences.joined(separator: "; "))
    }

    private static func isRecognized(
        _ verdict: RecognitionVerdict, _ query: TrustQuery
    ) throws(SiteProblem) -> Bool {
        let isItsOwn =
            AskedQuestion.isPlace(query.authority)
            || verdict.grounds.contains { $0.author == query.authority }
        switch verdict.word {
        case .granted where isItsOwn: return true
        case .refused where isItsOwn, .barred where isItsOwn: return false
        default:
            throw .unanswerable(
                Message(
                    .problemNoYesOrNo,
                    [
                        "word": .message(.word(verdict.word)),
                        "meaning": .message(.meaning(verdict.word)),
                        "address": .text("/worth.json?qualification=\(query.resource)"),
                    ]), reason: verdict.word.rawValue)
        }
    }

    private static func target(_ query: TrustQuery) throws(SiteProblem) -> Target {
        var values: [String: String] = [:]
        for (member, name) in [("occupation", "occ"), ("sector", "sector")] {
            guard let value = try query.text(member) else { continue }
            try AskedQuestion.check(target: name, value)
            values[name] = value
        }
        return Target(values)
    }

    /// Who decides, and for which place: a country, a part of it, or an authority of it.
    private static func deciding(
        _ query: TrustQuery, _ survey: QualificationSurvey
    ) throws(SiteProblem) -> (WorthDesk.Destination, place: String) {
        let authority = query.authority
        let isPlace = AskedQuestion.isPlace(authority)
        guard
            let destination = survey.destinations.first(where: { destination in
                isPlace
                    ? destination.country == String(authority.prefix(2))
                    : destination.knows(authority)
            })
        else {
            let asked = survey.destinations.map(\.country).joined(separator: ", ")
            throw query.unknown(authority, in: isPlace ? authority : asked)
        }
        guard let place = try query.text("place") else {
            return (destination, isPlace ? authority : destination.country)
        }
        let country = Jurisdiction(isPlace ? authority : destination.country)
        guard AskedQuestion.isPlace(place), country.covers(place) else {
            throw .wrong(
                "context.place", expected: "\(country.code) or a part of it", found: place)
        }
        return (destination, place)
    }
}

extension TrustQuery {
    func unknownAction(among known: [String]) -> SiteProblem {
        .unanswerable(
            Message(
                .problemAction,
                [
                    "action": .text(action),
                    "known": .list(known.map { .text($0) }, .comma),
                ]), reason: "unknown-action")
    }

    /// Nobody of that name is in the log of the country.
    func unknown(_ name: String, in country: String) -> SiteProblem {
        .unanswerable(
            Message(
                .checkIssuerStatementUnknown,
                ["body": .text(name), "country": .text(country)]), reason: "unknown-authority")
    }
}
