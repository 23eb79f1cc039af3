import Foundation

/// What Package.swift says about the targets, read as text.
struct Manifest {
    /// For each target, the modules that it declares as dependencies.
    let dependencies: [String: Set<String>]

    init() throws {
        let text = try Checkout.text(of: "Package.swift")
        // `let grdb = Target.Dependency.product(name: "GRDB", ...)`
        var products: [String: String] = [:]
        for match in text.matches(
            of: /let (\w+) = Target\.Dependency\.product\(\s*name: "(\w+)"/)
        {
            products[String(match.1)] = String(match.2)
        }
        var dependencies: [String: Set<String>] = [:]
        for match in text.matches(
            of: /\.(?:target|executableTarget|testTarget)\(\s*name: "([\w-]+)"(.*?)swiftSettings/
                .dotMatchesNewlines())
        {
            let list = String(match.2).firstMatch(
                of: /dependencies: \[(.*?)\]/.dotMatchesNewlines())
            let words = (list?.1 ?? "").split { $0 == "," || $0.isWhitespace }
            dependencies[String(match.1)] = Set(
                words.map { word in
                    word.hasPrefix("\"")
                        ? String(word.dropFirst().dropLast()) : products[String(word)] ?? "?\(word)"
                })
        }
        self.dependencies = dependencies
    }
}
