import Cryptography
public import Encoding
public import Registry
public import TransparencyLog

/// The acts of the sample countries, as JSON objects.
public enum SampleActs {
    public static func key(
        _ role: String, _ holder: String, _ key: NoteKey, fromSize: Int64? = nil,
        nextRoot: String? = nil
    ) -> JSONObject {
        var act: JSONObject = [
            "role": .string(role), "holder": .string(holder), "key": .string(key.description),
        ]
        act["fromSize"] = fromSize.map(JSONValue.integer)
        act["nextRoot"] = nextRoot.map(JSONValue.string)
        return act
    }

    public static func peer(
        _ country: String, _ pin: LogPin, _ policy: String
    ) throws -> JSONObject {
        [
            "country": .string(country), "origin": .string(pin.origin),
            "root": .string(pin.root.description),
            "nextRoot": .string(pin.nextRoot.hexadecimal),
            "log": .string(
                try SampleKeys.signer(pin.origin, seed: "\(country)-log").verifier.description),
            "policy": .string(policy),
        ]
    }

    public static func mandate(
        _ authority: String, _ acts: [String], scope: [String], territory: [String],
        from: String = "1994-08-25", until: String? = nil, purposes: [String]? = nil
    ) -> JSONObject {
        var act: JSONObject = [
            "authority": .string(authority), "names": ["en": .string("Authority \(authority)")],
            "acts": .array(acts.map(JSONValue.string)),
            "scope": .array(scope.map(JSONValue.string)),
            "territory": .array(territory.map(JSONValue.string)), "from": .string(from),
        ]
        act["until"] = until.map(JSONValue.string)
        act["purposes"] = purposes.map { .array($0.map(JSONValue.string)) }
        return act
    }

    public static func accreditation(
        _ body: String, _ key: NoteKey, qualifications: [String] = ["q.ph.smaw-nc2"],
        from: String = "2019-01-01", until: String? = "2027-12-31", site: String? = nil,
        archive: Bool = false, loggingDays: Int64? = nil
    ) -> JSONObject {
        var act: JSONObject = [
            "body": .string(body), "names": ["en": .string("Centre \(body)")],
            "key": .string(key.description),
            "qualifications": .array(qualifications.map(JSONValue.string)),
            "from": .string(from),
        ]
        act["until"] = until.map(JSONValue.string)
        act["site"] = site.map(JSONValue.string)
        if archive { act["archive"] = true }
        act["loggingDays"] = loggingDays.map(JSONValue.integer)
        return act
    }

    public static func qualification(
        _ id: String = "q.ph.smaw-nc2", version: String = "TR 2005", country: String = "PH",
        isco08: [String] = ["7212"], months: Int64? = nil, validMonths: Int64? = 60
    ) -> JSONObject {
        var act: JSONObject = [
            "qualification": .string(id), "version": .string(version),
            "country": .string(country), "titles": ["en": "Shielded Metal Arc Welding NC II"],
            "isco08": .array(isco08.map(JSONValue.string)), "iscedF": ["0715"],
            "units": [
                ["code": "MEE721306", "title": "Weld carbon steel plates", "kind": "core"],
                ["code": "MEE721399", "title": "Weld pipes", "kind": "elective"],
            ],
        ]
        act["months"] = months.map(JSONValue.integer)
        act["awardValidMonths"] = validMonths.map(JSONValue.integer)
        return act
    }

    public static func regulation(
        _ jurisdiction: String, _ occupation: String, regulated: Bool, sector: String? = nil,
        authority: String? = nil
    ) -> JSONObject {
        var act: JSONObject = [
            "jurisdiction": .string(jurisdiction), "occupation": .string(occupation),
            "regulated": .bool(regulated),
        ]
        act["sector"] = sector.map(JSONValue.string)
        act["authority"] = authority.map(JSONValue.string)
        return act
    }

    public static func equivalence(
        _ jurisdiction: String, purposes: [String] = ["visa-skill"],
        target: JSONObject = ["occ": "7212"], entry: [JSONValue]? = nil, effect: String = "right",
        conditions: [JSONValue] = [], differences: [String] = [], exhaustive: Bool = false,
        since: String = "2025-01-01", until: String? = nil
    ) -> JSONObject {
        let smaw: JSONValue = ["p": "award-qual", "in": ["q.ph.smaw-nc2"]]
        var act: JSONObject = [
            "jurisdiction": .string(jurisdiction),
            "purposes": .array(purposes.map(JSONValue.string)), "target": .object(target),
            "entry": .array(entry ?? [smaw]), "effect": .string(effect), "since": .string(since),
        ]
        if !conditions.isEmpty { act["conditions"] = .array(conditions) }
        if !differences.isEmpty {
            act["differences"] = .array(differences.map(JSONValue.string))
        }
        if exhaustive { act["exhaustive"] = true }
        act["until"] = until.map(JSONValue.string)
        return act
    }

    public static func event(
        _ event: String, about subject: String, key: NoteKey? = nil, since: Int64? = nil,
        site: String? = nil, from: String? = nil, until: String? = nil
    ) -> JSONObject {
        var target: JSONObject = ["subject": .string(subject)]
        target["key"] = key.map { .string($0.description) }
        target["site"] = site.map(JSONValue.string)
        target["from"] = from.map(JSONValue.string)
        target["until"] = until.map(JSONValue.string)
        var act: JSONObject = [
            "event": .string(event), "target": .object(target), "reason": "stated by the test",
        ]
        act["sinceIndex"] = since.map(JSONValue.integer)
        return act
    }
}
