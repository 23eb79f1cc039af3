import Testing

/// The walls between the targets: what may import what.
@Suite struct ImportTests {
    /// The targets from the ground up, with all that each may import. A target imports only
    /// from lines above its own, so that imports go strictly down.
    private static let targets: [(name: String, imports: Set<String>)] = [
        ("Encoding", []),
        ("Language", ["Encoding"]),
        ("Cryptography", ["CSodium", "Crypto", "Encoding", "SwiftASN1"]),
        ("TransparencyLog", ["Cryptography", "Encoding"]),
        ("Credentials", ["CZlib", "Cryptography", "Encoding"]),
        ("Issuance", ["Credentials", "Cryptography", "Encoding", "TransparencyLog"]),
        ("Registry", ["Cryptography", "Encoding", "TransparencyLog"]),
        ("Recognition", ["Cryptography", "Encoding", "Registry", "TransparencyLog"]),
        ("Cases", ["Encoding", "Recognition", "Registry"]),
        (
            "Verification",
            [
                "Credentials", "Cryptography", "Encoding", "Language", "Recognition", "Registry",
                "TransparencyLog",
            ]
        ),
        ("Wallet", ["Credentials", "Cryptography", "Encoding", "Language", "Verification"]),
        (
            "Pages",
            [
                "Cryptography", "Encoding", "Language", "Recognition", "Registry",
                "TransparencyLog", "Verification",
            ]
        ),
        (
            "Storage",
            ["Cryptography", "Encoding", "GRDB", "GRDBSQLite", "Registry", "TransparencyLog"]
        ),
        ("Records", ["Credentials", "Cryptography", "Encoding", "GRDB", "GRDBSQLite"]),
        (
            "Sync",
            [
                "AsyncHTTPClient", "CZlib", "Cryptography", "Encoding", "NIOCore", "NIOHTTP1",
                "Registry", "Storage", "TransparencyLog",
            ]
        ),
        (
            "Node",
            [
                "Cryptography", "Encoding", "Hummingbird", "HummingbirdCore", "HummingbirdTLS",
                "Logging", "Metrics", "NIOCore", "NIOExtras", "NIOHTTP1", "NIOHTTPTypes",
                "NIOPosix", "NIOSSL", "Registry", "ServiceLifecycle", "Storage", "Sync",
                "TransparencyLog", "UnixSignals",
            ]
        ),
        (
            "Registrar",
            [
                "Credentials", "Cryptography", "Encoding", "Issuance", "Language", "Recognition",
                "Records", "Registry", "Storage", "Sync", "TransparencyLog", "Verification",
            ]
        ),
        ("Paper", ["CPango", "CQrencode", "CTurboJPEG", "CZbar", "Encoding", "Language"]),
        ("concord-paper", ["Encoding", "Language", "Paper"]),
        (
            "Site",
            [
                "Credentials", "Cryptography", "Encoding", "Language", "Node", "Pages",
                "Recognition", "Registrar", "Registry", "Storage", "Sync", "TransparencyLog",
                "Verification",
            ]
        ),
        (
            "Operation",
            [
                "Cryptography", "Encoding", "Node", "Records", "Registrar", "Registry", "Storage",
                "Sync", "TransparencyLog",
            ]
        ),
        (
            "Benchmarks",
            [
                "Credentials", "Cryptography", "Encoding", "Issuance", "Node", "Recognition",
                "Records", "Registrar", "Registry", "Storage", "Sync", "TransparencyLog",
                "Verification",
            ]
        ),
        (
            "Attack",
            [
                "Credentials", "Cryptography", "Encoding", "Issuance", "Language", "Node",
                "Records",
                "Registrar", "Registry", "Storage", "Sync", "TransparencyLog", "Verification",
            ]
        ),
        (
            "concord",
            [
                "ArgumentParser", "Attack", "Benchmarks", "Cases", "Credentials", "Cryptography",
                "Encoding",
                "Issuance", "Language", "Node", "Operation", "Recognition", "Records", "Registrar",
                "Registry", "Site", "Storage", "Sync", "TransparencyLog", "Verification", "Wallet",
            ]
        ),
    ]

    /// Each outside library and the targets that may import it: one, but for SQLite, which
    /// holds the public and the personal data in two stores, and for zlib, which packs lists and
    /// what goes over the wire.
    private static let importers: [String: Set<String>] = [
        "ArgumentParser": ["concord"],
        "AsyncHTTPClient": ["Sync"],
        "CPango": ["Paper"],
        "CQrencode": ["Paper"],
        "CSodium": ["Cryptography"],
        "CTurboJPEG": ["Paper"],
        "CZbar": ["Paper"],
        "CZlib": ["Credentials", "Sync"],
        "Crypto": ["Cryptography"],
        "GRDB": ["Records", "Storage"],
        "GRDBSQLite": ["Records", "Storage"],
        "Hummingbird": ["Node"],
        "HummingbirdCore": ["Node"],
        "HummingbirdTLS": ["Node"],
        "Logging": ["Node"],
        "Metrics": ["Node"],
        "NIOCore": ["Node", "Sync"],
        "NIOExtras": ["Node"],
        "NIOHTTP1": ["Node", "Sync"],
        "NIOHTTPTypes": ["Node"],
        "NIOPosix": ["Node"],
        "NIOSSL": ["Node"],
        "ServiceLifecycle": ["Node"],
        "SwiftASN1": ["Cryptography"],
        "UnixSignals": ["Node"],
    ]

    /// Targets without I/O, clock, randomness or logger: they import no system module.
    private static let pure: Set<String> = [
        "Encoding", "Language", "Cryptography", "TransparencyLog", "Credentials", "Issuance",
        "Registry", "Recognition", "Cases", "Verification", "Pages",
    ]

    /// What comes with the toolchain, or through a library that the target declares.
    private static let system: [String: Set<String>] = [
        "Foundation": [
            "Storage", "Records", "Sync", "Node", "Benchmarks", "concord", "Registrar", "Wallet",
            "Attack", "Operation",
        ],
        "Dispatch": ["Node", "Site", "concord"],
        "Glibc": [
            "Sync", "Storage", "Records", "Node", "Benchmarks", "concord", "Registrar", "Wallet",
            "Paper", "concord-paper", "Operation",
        ],
        "Synchronization": [
            "Storage", "Records", "Sync", "Node", "Benchmarks", "concord", "Registrar",
        ],
        "HTTPTypes": ["Node"],
        "NIOCore": ["Node", "Sync"],
        "NIOHTTP1": ["Node", "Sync"],
    ]

    private struct Import: CustomStringConvertible {
        let file: String
        let target: String
        let module: String

        var description: String { "\(file) imports \(module)" }
    }

    private static let imports = Result { try findImports() }

    private static func findImports() throws -> [Import] {
        let attributes = /\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private)\s+)?/
        let declaration = /import\s+(?:(?:struct|class|enum|protocol|func|var)\s+)?(\w+)/
        var imports: [Import] = []
        for file in Checkout.files(under: "Sources", endingWith: ".swift") {
            let target = String(file.split(separator: "/")[1])
            for line in try Checkout.lines(of: file) where line.contains("import") {
                let start = try attributes.prefixMatch(in: line)?.range.upperBound
                guard
                    let match = try declaration.prefixMatch(in: line[(start ?? line.startIndex)...])
                else { continue }
                imports.append(Import(file: file, target: target, module: String(match.1)))
            }
        }
        return imports
    }

    @Test func importsOnlyWhatTheTableAllows() throws {
        let table = Dictionary(uniqueKeysWithValues: Self.targets.map { ($0.name, $0.imports) })
        let imports = try Self.imports.get()
        #expect(imports.count > 50, "the imports are found")
        for each in imports {
            let allowed = try #require(table[each.target], "\(each.target) is in the table")
            if Self.system[each.module]?.contains(each.target) == true { continue }
            #expect(allowed.contains(each.module), "\(each)")
        }
    }

    @Test func agreesWithTheManifest() throws {
        let declared = try Manifest().dependencies
        for (name, imports) in Self.targets {
            #expect(declared[name] == imports, "the dependencies of \(name)")
        }
        let others = declared.keys.filter { name in
            !Self.targets.contains { $0.name == name } && !name.hasSuffix("Tests")
        }
        #expect(Set(others) == ["Fuzzing", "Simulation", "TestSupport"])
    }

    @Test func importsGoStrictlyDown() {
        var below: Set<String> = Set(Self.importers.keys)
        for (name, imports) in Self.targets {
            #expect(imports.isSubset(of: below), "\(name) imports what stands above it")
            below.insert(name)
        }
    }

    @Test func givesEachLibraryItsImporter() throws {
        for each in try Self.imports.get() {
            guard let importers = Self.importers[each.module] else { continue }
            #expect(importers.contains(each.target), "\(each)")
        }
        for (name, imports) in Self.targets {
            for library in imports where !Self.targets.contains(where: { $0.name == library }) {
                #expect(Self.importers[library]?.contains(name) == true, "\(library) in \(name)")
            }
        }
    }

    @Test func keepsPeersAndPublicStoresAwayFromPeople() throws {
        let personal: Set<String> = ["Credentials", "Records"]
        let table = Dictionary(uniqueKeysWithValues: Self.targets.map { ($0.name, $0.imports) })
        let peers = ["Node", "Sync", "Storage"]
        for target in peers {
            var reached: Set<String> = []
            var next = [target]
            while let name = next.popLast() {
                if reached.insert(name).inserted { next += table[name] ?? [] }
            }
            #expect(reached.isDisjoint(with: personal), "\(target) reaches personal data")
        }
        for each in try Self.imports.get() where peers.contains(each.target) {
            #expect(!personal.contains(each.module), "\(each)")
        }
    }

    @Test func keepsPureTargetsPure() throws {
        for each in try Self.imports.get() where Self.pure.contains(each.target) {
            #expect(Self.system[each.module] == nil, "\(each)")
            #expect(
                !each.module.hasPrefix("NIO") && !each.module.hasPrefix("Foundation"), "\(each)")
        }
        for (module, targets) in Self.system {
            #expect(targets.isDisjoint(with: Self.pure), "\(module)")
        }
    }
}
