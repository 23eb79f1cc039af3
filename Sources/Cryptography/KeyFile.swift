import Encoding

/// A private key as it lies on disk: sealed under a passphrase unless told otherwise.
///
/// `Protocol/keys.md § Key files`. A sample key says so in its file; the commands refuse it
/// outside a sample network. In a sealed file role, name and that mark are sealed with the
/// key: a changed one does not open. In a plain file nothing protects them.
public struct KeyFile: Sendable {
    /// What the key is for: `root`, `next-root`, `log`, `witness`, `extract`, `authority` ...
    public let role: String
    /// The name that stands beside the key's signatures.
    public let name: String
    public let verificationKey: VerificationKey
    public let isSample: Bool
    private let secret: Secret

    private enum Secret: Sendable {
        case plain(seed: [UInt8])
        case sealed(box: [UInt8], salt: [UInt8], cost: PassphraseCost)
    }

    public var isSealed: Bool { if case .sealed = secret { true } else { false } }

    /// A file without a passphrase.
    public init(unsealed key: SigningKey, role: String, name: String, isSample: Bool) {
        self.role = role
        self.name = name
        self.isSample = isSample
        verificationKey = key.verificationKey
        secret = .plain(seed: key.seed)
    }

    /// A file sealed under a passphrase.
    public init(
        sealing key: SigningKey, role: String, name: String, isSample: Bool,
        passphrase: some Collection<UInt8>, cost: PassphraseCost = .moderate,
        using generator: inout some RandomNumberGenerator
    ) throws(CryptographyError) {
        self.role = role
        self.name = name
        self.isSample = isSample
        verificationKey = key.verificationKey
        let salt = [UInt8].random(count: PassphraseCost.saltByteCount, using: &generator)
        let sealing = try SealingKey(passphrase: passphrase, salt: salt, cost: cost)
        var seed = key.seed
        defer { Sodium.wipe(&seed) }
        let context = KeyFile.context(verificationKey, role, name, isSample)
        let box = sealing.seal(seed, context: context, using: &generator)
        secret = .sealed(box: box, salt: salt, cost: cost)
    }

    /// What the seal binds besides the seed.
    private static func context(
        _ key: VerificationKey, _ role: String, _ name: String, _ isSample: Bool
    ) -> [UInt8] {
        JSONValue.array([
            .string(Base64.standard.encode(key.bytes)), .string(role), .string(name),
            .bool(isSample),
        ]).serialized
    }

    /// The key; `passphrase` is asked for only if the file is sealed.
    public func signingKey(
        passphrase: [UInt8]?
    ) throws(CryptographyError) -> SigningKey {
        var seed: [UInt8]
        switch secret {
        case .plain(let plain): seed = plain
        case .sealed(let box, let salt, let cost):
            guard let passphrase else { throw .passphraseNeeded(role: role) }
            let sealing = try SealingKey(passphrase: passphrase, salt: salt, cost: cost)
            seed = try sealing.open(
                box, context: KeyFile.context(verificationKey, role, name, isSample),
                what: "the \(role) key")
        }
        defer { Sodium.wipe(&seed) }
        let key = try SigningKey(seed: seed)
        guard key.verificationKey == verificationKey else {
            throw .wrongKeyOrDamaged(what: "the \(role) key")
        }
        return key
    }

    /// The symmetric key of a `records` file: its seed seals instead of signing.
    public func sealingKey(passphrase: [UInt8]?) throws(CryptographyError) -> SealingKey {
        try SealingKey(bytes: try signingKey(passphrase: passphrase).seed)
    }

    /// Reads a key file; that the key belongs to its public part shows in `signingKey`.
    public init(parsing bytes: [UInt8]) throws(CryptographyError) {
        do throws(ParsingError) {
            let limits = JSONLimits(size: 1 << 16, depth: 4)
            var reader = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
            _ = try reader.integer("version", in: 1...1)
            role = try reader.string("role")
            name = try reader.string("name")
            isSample = try reader.bool("sample")
            let publicPath = reader.child("public")
            guard let decoded = Base64.standard.decode(try reader.string("public")),
                let key = VerificationKey(bytes: decoded)
            else { throw .wrongForm(path: publicPath, expected: "32 bytes in base64") }
            verificationKey = key
            if var sealed = try reader.optionalReader("sealed") {
                secret = try KeyFile.sealedSecret(&sealed)
            } else {
                let path = reader.child("seed")
                guard let seed = Base64.standard.decode(try reader.string("seed")),
                    seed.count == SigningKey.seedByteCount
                else { throw .wrongForm(path: path, expected: "32 bytes in base64") }
                secret = .plain(seed: seed)
            }
            try reader.finish()
        } catch {
            throw .keyFile(error)
        }
    }

    private static func sealedSecret(
        _ reader: inout MemberReader
    ) throws(ParsingError) -> Secret {
        let kdf = try reader.string("kdf")
        guard kdf == "argon2id" else {
            throw .wrongForm(path: reader.child("kdf"), expected: "argon2id")
        }
        // In kibibytes, as Argon2 counts; bounded so that a hostile file cannot eat the memory.
        let cost = PassphraseCost(
            operations: UInt64(try reader.integer("operations", in: 1...16)),
            memory: 1_024 * Int(try reader.integer("memory", in: 8...(1 << 20))))
        guard let salt = Base64.standard.decode(try reader.string("salt")),
            salt.count == PassphraseCost.saltByteCount,
            let box = Base64.standard.decode(try reader.string("box"))
        else { throw .wrongForm(path: reader.path, expected: "salt and box in base64") }
        try reader.finish()
        return .sealed(box: box, salt: salt, cost: cost)
    }

    /// The file's bytes: JSON for people, a final newline.
    public var serialized: [UInt8] {
        var object: JSONObject = [
            "version": 1, "role": .string(role), "name": .string(name),
            "sample": .bool(isSample),
            "public": .string(Base64.standard.encode(verificationKey.bytes)),
        ]
        switch secret {
        case .plain(let seed): object["seed"] = .string(Base64.standard.encode(seed))
        case .sealed(let box, let salt, let cost):
            object["sealed"] = [
                "kdf": "argon2id", "operations": .integer(Int64(cost.operations)),
                "memory": .integer(Int64(cost.memory / 1_024)),
                "salt": .string(Base64.standard.encode(salt)),
                "box": .string(Base64.standard.encode(box)),
            ]
        }
        return Array(JSONValue.object(object).indented.utf8)
    }
}
