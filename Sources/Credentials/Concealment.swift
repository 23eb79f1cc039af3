internal import Cryptography
internal import Encoding

/// Turns claims into digests with disclosures beside them (RFC 9901 § 4.2 and § 5.1).
///
/// Children are concealed before their parents, so that a disclosure may hold digests. Decoys,
/// digests of nothing, stand beside the digests of every object and every array that has some, so
/// that nowhere their number tells how much there is.
struct Concealment {
    private let paths: Set<ClaimPath>
    private let decoys: Int
    private var missing: Set<ClaimPath>
    private(set) var disclosures: [Disclosure] = []

    /// - Parameter decoys: how many each level gets; those at the top even where nothing else is
    ///   concealed.
    init(_ paths: [ClaimPath], decoys: Int) {
        self.paths = Set(paths)
        self.decoys = decoys
        missing = self.paths
    }

    /// The payload to sign.
    mutating func concealed(
        _ claims: JSONObject, using generator: inout some RandomNumberGenerator
    ) throws(CredentialError) -> JSONObject {
        var payload = try concealed(claims, at: ClaimPath(), using: &generator)
        if let path = missing.first { throw .noSuchClaim(path: path.description) }
        if !disclosures.isEmpty || decoys > 0 { payload["_sd_alg"] = "sha-256" }
        return payload
    }

    private mutating func concealed(
        _ value: JSONValue, at path: ClaimPath, using generator: inout some RandomNumberGenerator
    ) throws(CredentialError) -> JSONValue {
        switch value {
        case .object(let object):
            .object(try concealed(object, at: path, using: &generator))
        case .array(let elements):
            .array(try concealed(elements, at: path, using: &generator))
        default: value
        }
    }

    private mutating func concealed(
        _ object: JSONObject, at path: ClaimPath,
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
        if path.components.isEmpty || !digests.isEmpty {
            for _ in 0..<decoys { digests.append(Concealment.decoy(using: &generator)) }
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
        var isConcealing = false
        for (index, element) in elements.enumerated() {
            let path = path.appending(.index(index))
            let value = try concealed(element, at: path, using: &generator)
            if paths.contains(path) {
                let disclosure = Disclosure(name: nil, value: value, using: &generator)
                result.append(["...": .string(add(disclosure, at: path))])
                isConcealing = true
            } else {
                result.append(value)
            }
        }
        // Anywhere among the elements: the last ones would be known as decoys.
        for _ in 0..<(isConcealing ? decoys : 0) {
            let decoy = Concealment.decoy(using: &generator)
            let place = Int.random(in: 0...result.count, using: &generator)
            result.insert(["...": .string(decoy)], at: place)
        }
        return result
    }

    private static func decoy(using generator: inout some RandomNumberGenerator) -> String {
        Base64.url.encode([UInt8].random(count: 32, using: &generator))
    }

    private mutating func add(_ disclosure: Disclosure, at path: ClaimPath) -> String {
        missing.remove(path)
        disclosures.append(disclosure)
        return disclosure.digestText
    }
}
