internal import Cryptography
internal import Encoding

/// Puts disclosures in the place of their digests (RFC 9901 § 7.1 step 3).
///
/// Every digest is met once, whether it is disclosed or not; depth is bounded over the payload
/// and the disclosures together.
struct DisclosureResolver {
    private let disclosures: [Disclosure]
    private let plain: Set<String>
    private let recordsPaths: Bool
    private var positions: [HashValue: Int]
    private var seen: Set<HashValue> = []
    private var seenTexts: Set<[UInt8]> = []
    private var usedCount = 0
    private var path: [ClaimPath.Component] = []
    /// The plain claim at the top that is being read; nothing in it may be a digest.
    private var plainClaim: String?
    /// The place of each disclosure, in their order, if paths are recorded.
    private(set) var paths: [ClaimPath]
    /// The names at the top that were disclosed.
    private(set) var disclosedNames: [String] = []

    init(
        _ disclosures: [Disclosure], plain: Set<String>, recordsPaths: Bool = false
    ) throws(CredentialError) {
        self.disclosures = disclosures
        self.plain = plain
        self.recordsPaths = recordsPaths
        positions = Dictionary(minimumCapacity: disclosures.count)
        for (position, disclosure) in disclosures.enumerated() {
            guard positions.updateValue(position, forKey: disclosure.digest) == nil else {
                throw .repeatedDisclosure
            }
        }
        seen.reserveCapacity(2 * disclosures.count)
        paths = recordsPaths ? Array(repeating: ClaimPath(), count: disclosures.count) : []
    }

    /// The payload with what is disclosed, without digests.
    mutating func resolved(_ payload: JSONObject) throws(CredentialError) -> JSONObject {
        if let algorithm = payload["_sd_alg"] {
            guard algorithm == .string("sha-256") else { throw .unsupportedHashAlgorithm }
        }
        let claims = try resolved(payload, depth: 1)
        // SPEC: RFC 9901 § 7.1 step 5, an unreferenced disclosure MUST be refused.
        guard usedCount == disclosures.count else {
            throw .unreferencedDisclosures(count: disclosures.count - usedCount)
        }
        return claims
    }

    private mutating func resolved(
        _ value: JSONValue, depth: Int
    ) throws(CredentialError) -> JSONValue {
        switch value {
        case .object(let object): .object(try resolved(object, depth: depth))
        case .array(let elements): .array(try resolved(elements, depth: depth))
        default: value
        }
    }

    private mutating func resolved(
        _ object: JSONObject, depth: Int
    ) throws(CredentialError) -> JSONObject {
        guard depth <= Disclosure.depthLimit else { throw .tooDeep(limit: Disclosure.depthLimit) }
        var members: [JSONObject.Member] = []
        members.reserveCapacity(object.members.count + 4)
        var digests: [JSONValue] = []
        for member in object.members {
            if Disclosure.isReserved(member.name) {
                guard member.name == "_sd" else {
                    guard member.name == "_sd_alg", depth == 1 else {
                        throw .reservedName(.payload)
                    }
                    continue
                }
                guard case .array(let elements) = member.value else {
                    throw .malformedDigests(expected: "_sd to be an array of strings")
                }
                digests = elements
                continue
            }
            if depth == 1 { plainClaim = plain.contains(member.name) ? member.name : nil }
            let value = try resolved(member.value, named: member.name, depth: depth)
            members.append(JSONObject.Member(member.name, value))
        }
        if depth == 1 { plainClaim = nil }
        for digest in digests {
            guard case .string(let text) = digest else {
                throw .malformedDigests(expected: "_sd to be an array of strings")
            }
            guard let position = try position(of: text) else { continue }
            let disclosure = disclosures[position]
            guard let name = disclosure.name else {
                throw .disclosureInWrongPlace(expected: "a claim with a name")
            }
            guard !members.contains(where: { $0.isNamed(name) }) else {
                throw .nameCollision
            }
            if depth == 1 {
                guard !plain.contains(name) else { throw .mustBePlain(claim: name) }
                disclosedNames.append(name)
            }
            if recordsPaths { paths[position] = ClaimPath(path + [.name(name)]) }
            let value = try resolved(disclosure.value, named: name, depth: depth)
            members.append(JSONObject.Member(name, value))
        }
        return JSONObject(members)
    }

    private mutating func resolved(
        _ value: JSONValue, named name: String, depth: Int
    ) throws(CredentialError) -> JSONValue {
        guard recordsPaths else { return try resolved(value, depth: depth + 1) }
        path.append(.name(name))
        let value = try resolved(value, depth: depth + 1)
        path.removeLast()
        return value
    }

    private mutating func resolved(
        _ elements: [JSONValue], depth: Int
    ) throws(CredentialError) -> [JSONValue] {
        guard depth <= Disclosure.depthLimit else { throw .tooDeep(limit: Disclosure.depthLimit) }
        var resolvedElements: [JSONValue] = []
        resolvedElements.reserveCapacity(elements.count)
        for element in elements {
            var value = element
            // Counted among those that are there: a decoy has no place.
            if recordsPaths { path.append(.index(resolvedElements.count)) }
            defer { if recordsPaths { path.removeLast() } }
            if case .object(let object) = element, object.members.count == 1,
                object.members[0].name == "..."
            {
                guard case .string(let text) = object.members[0].value else {
                    throw .malformedDigests(expected: "a string as the digest of an element")
                }
                guard let position = try position(of: text) else { continue }
                guard disclosures[position].name == nil else {
                    throw .disclosureInWrongPlace(expected: "an element of an array")
                }
                if recordsPaths { paths[position] = ClaimPath(path) }
                value = disclosures[position].value
            }
            resolvedElements.append(try resolved(value, depth: depth + 1))
        }
        return resolvedElements
    }

    /// The disclosure of a digest that was not met before, or nil if it is not disclosed.
    private mutating func position(of digest: String) throws(CredentialError) -> Int? {
        if let plainClaim { throw .mustBePlain(claim: plainClaim) }
        guard let bytes = Base64.url.decode(digest), let hash = HashValue(bytes: bytes) else {
            // No SHA-256: it can be a decoy only, and must still be the only one of its kind.
            guard seenTexts.insert(Array(digest.utf8)).inserted else { throw .repeatedDigest }
            return nil
        }
        // SPEC: RFC 9901 § 7.1 step 4, a digest found twice MUST be refused.
        guard seen.insert(hash).inserted else { throw .repeatedDigest }
        guard let position = positions[hash] else { return nil }
        usedCount += 1
        return position
    }
}
