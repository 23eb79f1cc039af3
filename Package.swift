// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target: imports are private unless a public signature needs them, and a
/// member is visible only where its module is imported, so that the layers below cannot leak.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

// Each outside library has one importer (Tests/RepositoryTests holds the table).
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
// SQLite itself, for what writes many rows.
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
// The client's vocabulary: byte buffers, time amounts, headers.
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
// The server's: sockets, certificates, what stands between them and a request.
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioExtras = Target.Dependency.product(name: "NIOExtras", package: "swift-nio-extras")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let unixSignals = Target.Dependency.product(
    name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "concord",
    products: [
        .executable(name: "concord", targets: ["concord"]),
        .executable(name: "concord-paper", targets: ["concord-paper"]),
    ],
    dependencies: [
        // The command line: help, validation and exit codes as Swift people know them.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // SHA-256 with hardware paths: six times libsodium's speed on hash trees.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // DER, read strictly: the certificates of issuers elsewhere. What a chain must be is
        // Concord's own, for its answer must not hang on a clock or a policy of a library.
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
        // The tests' other side: it makes the certificates that are read.
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
        // Structured logs of the node.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // SQLite, the community's best-kept binding; raw SQL stays in two targets.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // The HTTP server.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        // The HTTP client: time limits, size limits and connection reuse that we need not write.
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        // What the client and the server stand on; named because the client speaks its types.
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        // TLS by files, and the end of a listener that leaves no request behind: the server and
        // the client bring both along.
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        // Numbers for whoever watches the node; what they become as text is our own.
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        // Start and graceful stop of the node's services.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // libsodium: the protocol's verdict on a signature is libsodium's.
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        // zlib: status lists are DEFLATE streams, and bodies go over the wire in gzip.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // pango and cairo: text in every script, and pages of PDF.
        .systemLibrary(
            name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
        // QR codes: written by libqrencode, found in pictures by zbar.
        .systemLibrary(
            name: "CQrencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZbar", pkgConfig: "zbar", providers: [.apt(["libzbar-dev"])]),
        // JPEG, through the interface that reports errors as values.
        .systemLibrary(
            name: "CTurboJPEG", pkgConfig: "libturbojpeg",
            providers: [.apt(["libturbojpeg0-dev"])]),

        .target(name: "Encoding", swiftSettings: settings),
        // The sentences that people read, in every language; pure.
        .target(name: "Language", dependencies: ["Encoding"], swiftSettings: settings),
        .target(
            name: "Cryptography", dependencies: ["CSodium", "Encoding", crypto, asn1],
            swiftSettings: settings + [.strictMemorySafety()]),
        .target(
            name: "TransparencyLog", dependencies: ["Cryptography", "Encoding"],
            swiftSettings: settings),
        .target(
            name: "Credentials", dependencies: ["CZlib", "Cryptography", "Encoding"],
            swiftSettings: settings),
        .target(
            name: "Registry", dependencies: ["Cryptography", "Encoding", "TransparencyLog"],
            swiftSettings: settings),
        .target(
            name: "Recognition",
            dependencies: ["Cryptography", "Encoding", "Registry", "TransparencyLog"],
            swiftSettings: settings),
        // Worked cases of recognition, and drafts tried on them.
        .target(
            name: "Cases", dependencies: ["Encoding", "Recognition", "Registry"],
            swiftSettings: settings),
        .target(
            name: "Verification",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Language", "Recognition", "Registry",
                "TransparencyLog",
            ],
            swiftSettings: settings),
        // What a worker does: keeps certificates and a key, previews, backs up.
        .target(
            name: "Wallet",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Language", "Verification",
            ],
            swiftSettings: settings),
        // The node's pages and their twins for programs, as values; pure.
        .target(
            name: "Pages",
            dependencies: [
                "Cryptography", "Encoding", "Language", "Recognition", "Registry",
                "TransparencyLog", "Verification",
            ],
            swiftSettings: settings),
        // Batches of awards: signed, shuffled, hashed; pure.
        .target(
            name: "Issuance",
            dependencies: ["Credentials", "Cryptography", "Encoding", "TransparencyLog"],
            swiftSettings: settings),
        .target(
            name: "Storage",
            dependencies: [
                "Cryptography", "Encoding", "Registry", "TransparencyLog", grdb, sqlite,
            ],
            swiftSettings: settings),
        .target(
            name: "Records",
            dependencies: ["Credentials", "Cryptography", "Encoding", grdb, sqlite],
            swiftSettings: settings),
        .target(
            name: "Sync",
            dependencies: [
                "CZlib", "Cryptography", "Encoding", "Registry", "Storage", "TransparencyLog",
                httpClient, nioCore, nioHTTP1,
            ],
            swiftSettings: settings),
        .target(
            name: "Node",
            dependencies: [
                "Cryptography", "Encoding", "Registry", "Storage", "Sync", "TransparencyLog",
                hummingbird, hummingbirdCore, hummingbirdTLS, lifecycle, logging, metrics, nioCore,
                nioExtras, nioHTTP1, nioHTTPTypes, nioPosix, nioSSL, unixSignals,
            ],
            swiftSettings: settings),
        // What officials do on a node: publish, accredit peers, issue, revoke, make dossiers.
        .target(
            name: "Registrar",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Issuance", "Language", "Recognition",
                "Records", "Registry", "Storage", "Sync", "TransparencyLog", "Verification",
            ],
            swiftSettings: settings),
        // What a node shows to people: questions to the copies, answers as pages. It stands above
        // the node, which cannot see what reads certificates.
        .target(
            name: "Site",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Language", "Node", "Pages",
                "Recognition", "Registrar", "Registry", "Storage", "Sync", "TransparencyLog",
                "Verification",
            ],
            // The description that it serves, wherever the program runs.
            resources: [.embedInCode("openapi.json")],
            swiftSettings: settings),
        // What keeps a node alive: its state at a glance, findings with their remedies, backups.
        .target(
            name: "Operation",
            dependencies: [
                "Cryptography", "Encoding", "Node", "Records", "Registrar", "Registry", "Storage",
                "Sync", "TransparencyLog",
            ],
            swiftSettings: settings),
        // Certificates on paper: pages, codes, pictures. Not linked into concord: see below.
        .target(
            name: "Paper",
            dependencies: ["CPango", "CQrencode", "CTurboJPEG", "CZbar", "Encoding", "Language"],
            swiftSettings: settings),
        // The process that concord starts to print certificates and to read strangers' pictures:
        // without keys and databases, with limits, and with libraries that take 8 ms to load.
        .executableTarget(
            name: "concord-paper", dependencies: ["Encoding", "Language", "Paper"],
            swiftSettings: settings),
        .target(
            name: "Benchmarks",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Issuance", "Node", "Recognition",
                "Records", "Registrar", "Registry", "Storage", "Sync", "TransparencyLog",
                "Verification",
            ],
            swiftSettings: settings),
        // The failures of other systems, played against the program as processes of its own.
        .target(
            name: "Attack",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Issuance", "Language", "Node",
                "Records",
                "Registrar", "Registry", "Storage", "Sync", "TransparencyLog", "Verification",
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "concord",
            dependencies: [
                "Attack", "Benchmarks", "Cases", "Credentials", "Cryptography", "Encoding",
                "Issuance",
                "Language", "Node", "Operation", "Recognition", "Records", "Registrar", "Registry",
                "Site", "Storage", "Sync", "TransparencyLog", "Verification", "Wallet",
                argumentParser,
            ],
            swiftSettings: settings),

        // Test support: the vectors of other people, and hand-made logs and acts.
        .target(
            name: "TestSupport",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Issuance", "Recognition", "Registry",
                "TransparencyLog", "Verification", asn1, crypto, x509,
            ],
            path: "Tests/TestSupport", swiftSettings: settings),
        // Test support: the protocol under a virtual clock, network and disk.
        .target(
            name: "Simulation",
            dependencies: [
                "Cryptography", "Encoding", "Registry", "TestSupport", "TransparencyLog",
            ],
            path: "Tests/Simulation", swiftSettings: settings),
        // Test support: readers of strangers' bytes, for fuzzers (Tests/Fuzzing.md).
        .target(
            name: "Fuzzing",
            dependencies: [
                "Cases", "Credentials", "Cryptography", "Encoding", "Issuance", "Recognition",
                "Registry", "TransparencyLog", "Verification",
            ],
            path: "Tests/Fuzzing", exclude: ["Corpus"], swiftSettings: settings),
        .testTarget(
            name: "FuzzingTests",
            dependencies: [
                "Cases", "Credentials", "Cryptography", "Encoding", "Fuzzing", "Issuance",
                "Registry",
                "TestSupport", "TransparencyLog", "Verification",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "SimulationTests", dependencies: ["Benchmarks", "Simulation", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "EncodingTests", dependencies: ["Encoding", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "LanguageTests", dependencies: ["Encoding", "Language"],
            swiftSettings: settings),
        .testTarget(
            name: "CryptographyTests", dependencies: ["Cryptography", "Encoding", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "TransparencyLogTests",
            dependencies: ["Cryptography", "Encoding", "TestSupport", "TransparencyLog"],
            swiftSettings: settings),
        .testTarget(
            name: "PaperTests",
            dependencies: [
                "CTurboJPEG", "Credentials", "Cryptography", "Encoding", "Language", "Paper",
                "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "CredentialsTests",
            dependencies: ["Credentials", "Cryptography", "Encoding", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "RegistryTests",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Registry", "TestSupport",
                "TransparencyLog",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RecognitionTests",
            dependencies: [
                "Cryptography", "Encoding", "Recognition", "Registry", "TestSupport",
                "TransparencyLog",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "CasesTests",
            dependencies: [
                "Cases", "Encoding", "Recognition", "Registry", "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "VerificationTests",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Issuance", "Language", "Recognition",
                "Registry", "TestSupport", "TransparencyLog", "Verification",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "WalletTests",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Language", "TestSupport",
                "TransparencyLog", "Verification", "Wallet",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "IssuanceTests",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Issuance", "TestSupport",
                "TransparencyLog",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Cryptography", "Encoding", "Registry", "Storage", "TestSupport",
                "TransparencyLog",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RecordsTests",
            dependencies: ["Credentials", "Cryptography", "Encoding", "Records", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "SyncTests",
            dependencies: [
                "Cryptography", "Encoding", "Registry", "Storage", "Sync", "TestSupport",
                "TransparencyLog",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "PagesTests",
            dependencies: [
                "Credentials", "Cryptography", "Encoding", "Language", "Pages", "Recognition",
                "Registry",
                "TestSupport", "TransparencyLog", "Verification",
            ],
            swiftSettings: settings),
        .testTarget(name: "SiteTests", dependencies: ["Node", "Site"], swiftSettings: settings),
        .testTarget(
            name: "NodeTests",
            dependencies: [
                "Cryptography", "Encoding", "Node", "Registry", "Storage", "Sync", "TestSupport",
                "TransparencyLog", logging,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "OperationTests", dependencies: ["Cryptography", "Operation", "TestSupport"],
            swiftSettings: settings),
        // The built binary, real processes, real sockets; and the walls of the repository.
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Attack", "Credentials", "Cryptography", "Encoding", "Issuance", "Node", "Records",
                "Registrar", "Registry", "Storage", "Sync", "TestSupport", "TransparencyLog",
                "concord",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RepositoryTests",
            dependencies: [
                "Cryptography", "Encoding", "Registry", "TestSupport", "TransparencyLog",
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
