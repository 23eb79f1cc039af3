import Encoding
import Foundation
import TestSupport
import Testing

@testable import Node

/// Every address of a node stands in its description, and the other way round.
@Suite struct RouteTests {
    private static var description: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Protocol/openapi.json")
    }

    @Test func standsInTheDescription() throws {
        let country = try SampleCountry("XA", 1)
        let node = try SampleNode(country, among: [country], quorum: 0)
        var services = node.services
        services.pages = { _ in .text(404, "none") }
        let served = Set(Routes(services: services).addresses)
        let value = try JSONValue(
            parsing: Array(try Data(contentsOf: Self.description)),
            limits: JSONLimits(size: 1 << 20, depth: 24))
        let paths = try #require(value.object?["paths"]?.object)
        let described = Set(
            paths.members.flatMap { path in
                (path.value.object?.members ?? []).map { "\($0.name) \(path.name)" }
            })
        #expect(served.subtracting(described).sorted() == [])
        // A twin under a name with a parameter is answered by its page's route.
        let undone = described.subtracting(served).filter { name in
            !(name.hasSuffix("}.json") && served.contains(String(name.dropLast(5))))
        }
        #expect(undone.sorted() == [])
    }
}
