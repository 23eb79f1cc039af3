internal import Language
internal import Registry

/// The pages of what acts name by an id: countries, authorities, bodies, qualifications, frameworks.
///
/// Read from the acts once, so that a table of many names is not a search for each.
struct NamedPages: Sendable {
    private var addresses: [String: PageAddress] = [:]

    init(_ logs: [Atlas.Log]) {
        for log in logs {
            addresses[log.country] = .country(log.country)
            for standing in log.acts where standing.isMandated { note(standing.act) }
        }
    }

    /// An id that two kinds of acts name keeps the page of the first in this order.
    private mutating func note(_ act: Act) {
        switch act {
        case .mandate(let act): addresses[act.authority] = .authority(act.authority)
        case .accreditation(let act):
            if addresses[act.body] == nil { addresses[act.body] = .body(act.body) }
        case .qualification(let act): addresses[act.id] = .qualification(act.id)
        case .framework(let act): addresses[act.id] = .framework(act.id)
        case .referencing(let act):
            for id in [act.from, act.to] where addresses[id] == nil {
                addresses[id] = .framework(id)
            }
        default: break
        }
    }

    subscript(id: String) -> PageAddress? { addresses[id] }
}

extension Page {
    /// The page of something that acts name.
    ///
    /// - Returns: nil if no act at hand names it, or the address is none of such a thing.
    public static func named(
        at address: PageAddress, _ atlas: Atlas, in context: PageContext
    ) -> Page? {
        switch address {
        case .country(let code): country(code, atlas, in: context)
        case .authority(let id): authority(id, atlas, in: context)
        case .body(let id): body(id, atlas, in: context)
        case .framework(let id): framework(id, atlas, in: context)
        case .qualification(let id): qualification(id, atlas, in: context)
        default: nil
        }
    }

    /// The code of something that acts name, as a link where it has a page here.
    static func named(_ id: String, _ atlas: Atlas, in context: PageContext) -> HTML {
        atlas.pages[id].map { .link(context.href($0), [.code(id)]) } ?? .code(id)
    }

    /// The name of an authority or body, as a link where it has a page here.
    static func holder(_ id: String, _ atlas: Atlas, in context: PageContext) -> HTML {
        let name = HTML.name(atlas.name(of: id, in: context.languages))
        return atlas.pages[id].map { .link(context.href($0), [name]) } ?? name
    }

    /// The name of a framework, as a link where it has a page here.
    static func framework(_ id: String, _ atlas: Atlas, in context: PageContext) -> HTML {
        let name = HTML.name(atlas.name(ofFramework: id, in: context.languages))
        return atlas.pages[id].map { .link(context.href($0), [name]) } ?? name
    }

    /// An occupation with its title in the reader's language.
    static func occupation(_ code: String, in context: PageContext) -> HTML {
        OccupationTitles.title(of: code, in: context.catalogue.translation.tag)
            .map { HTML("span", [.name($0), " ", .code(code)]) } ?? .code(code)
    }

    /// What something is compared with, in words where its kind has them.
    static func target(_ target: Target, _ atlas: Atlas, in context: PageContext) -> [HTML] {
        target.values.sorted { $0.key < $1.key }.map { name, value in
            let shown: HTML =
                switch name {
                case "occ": occupation(value, in: context)
                case "qual", "fw": named(value, atlas, in: context)
                default: .code("\(name) \(value)")
                }
            return HTML("p", [shown])
        }
    }

    /// Codes one after the other.
    static func named(_ ids: [String], _ atlas: Atlas, in context: PageContext) -> [HTML] {
        Array(ids.map { [named($0, atlas, in: context)] }.joined(separator: [", "]))
    }
}
