internal import Cryptography
internal import Encoding

/// Turns claims into digests with disclosures beside them (RFC 9901 § 4.2 and § 5.1).
///
/// Children are concealed before their parents, so that a disclosure may hold digests.
struct Concealment {
    private let paths: Set<ClaimPath>
    private var missing: Set<ClaimPath>
    private(set) var disclosures: [Disclosure] = []

    init(_ paths: [ClaimPath]) {
        self.paths = Set(paths)
        missing = self.paths
    }

    /// The payload to sign; `decoys` digests of nothing are mixed into those at the top.
    mutating func concealed(
        _ claims: JSONObject, decoys: Int, using generator: inout some RandomNumberGenerator
    ) throws(CredentialError) -> JSONObject {
        var payload = try concealed(claims, at: ClaimPath(), decoys: decoys, using: &generator)
        if let path = missing.first { throw .noSuchClaim(path: path.description) }
        if !disclosures.isEmpty || decoys > 0 { payload["_sd_alg"] = "sha-256" }
        return payload
    }

    private mutating func concealed(
        _ value: JSONValue, at path: ClaimPath, using generator: inout some RandomNumberGenerator
    ) throws(CredentialError) -> JSONValue {
        switch value {
        case .object(let object):
            .object(try concealed(object, at: path, decoys: 0, using: &generator))
        case .array(let elements):
            .array(try concealed(elements, at: path, using: &generator))
        default: value
        }
    }

    private mutating func concealed(
        _ object: JSONObject, at path: ClaimPath, decoys: Int,
        using generator: inout some RandomNumberGenerator
    ) throws(CredentialError) -> JSONObject {
        guard path.components.count < Disclosure.depthLimit else {
            throw .tooDeep(limit: Disclosure.depthLimit)
        }
        var members: [JSONObject.Member] = []
        var digests: [String] = []
        for member in object.members {
            guard !Disclosure.isReserved(member.name) else { throw .reservedName(.payload) }
            let path = path.appending(.name(member.name))
            let value = try concealed(member.value, at: path, using: &generator)
            if paths.contains(path) {
                let disclosure = Disclosure(name: member.name, value: value, using: &generator)
                digests.append(add(disclosure, at: path))
            } else {
                members.append(JSONObject.Member(member.name, value))
            }
        }
        for _ in 0..<decoys {
            digests.append(Base64.url.encode([UInt8].random(count: 32, using: &generator)))
        }
        if !digests.isEmpty {
            // Sorted: their order tells nothing about the claims.
            members.append(
                JSONObject.Member("_sd", .array(digests.sorted().map(JSONValue.string))))
        }
        return JSONObject(members)
    }

    private mutating func concealed(
        _ elements: [JSONValue], at path: ClaimPath,
        using generator: inout some RandomNumberGenerator
    ) throws(CredentialError) -> [JSONValue] {
        guard path.components.count < Disclosure.depthLimit else {
            throw .tooDeep(limit: Disclosure.depthLimit)
        }
        var result: [JSONValue] = []
        for (index, element) in elements.enumerated() {
            let path = path.appending(.index(index))
            let value = try concealed(element, at: path, using: &generator)
            if paths.contains(path) {
                let disclosure = Disclosure(name: nil, value: value, using: &generator)
                result.append(["...": .string(add(disclosure, at: path))])
            } else {
                result.append(value)
            }
        }
        return result
    }

    private mutating func add(_ disclosure: Disclosure, at path: ClaimPath) -> String {
        missing.remove(path)
        disclosures.append(disclosure)
        return disclosure.digestText
    }
}
