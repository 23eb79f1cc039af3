internal import Encoding
internal import Language
internal import Node
internal import Pages
internal import Registrar
internal import Verification

/// `POST /authorization`: whether a body may award a qualification under an authority's
/// accreditation.
///
/// `Protocol/pages.md § Trust queries`. What nothing at hand says is a problem, never false.
struct AuthorizationAnswer {
    let document: JSONValue

    static let action = "award"

    init(_ query: TrustQuery, office: Office, visit: Visit) throws {
        guard query.action == AuthorizationAnswer.action else {
            throw query.unknownAction(among: [AuthorizationAnswer.action])
        }
        let anchor = try office.anchor(at: query.now)
        let known = try WorthKnowledge(
            copies: WorthDesk(database: office.database, anchor: anchor), at: query.now)
        guard let country = try known.country(registering: query.resource) else {
            throw SiteProblem.unanswerable(
                Message(.registryNone), reason: ReasonCode.qualificationUnknown.rawValue)
        }
        let knowledge = try KnowledgeReader(database: office.database, anchor: anchor).knowledge(
            of: [country], about: [query.entity, query.resource, country], at: query.now)
        let check = AuthorizationCheck(
            of: query.entity, by: query.authority, for: query.resource, in: country,
            on: query.time.day, knowing: knowledge, at: query.now
        ).check
        let isAuthorized: Bool
        switch check.outcome {
        case .passed: isAuthorized = true
        case .failed: isAuthorized = false
        case .undetermined(let reason):
            throw SiteProblem.unanswerable(check.detail, reason: reason.rawValue)
        }
        document = query.answer(
            "authorized", isAuthorized, message: visit.context.catalogue.text(of: check.detail))
    }
}
