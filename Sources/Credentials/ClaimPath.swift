/// Where a claim stands: names of members and positions in arrays, from the top.
///
/// Names are compared byte by byte, like everything that is signed.
public struct ClaimPath: Hashable, Sendable {
    public enum Component: Sendable {
        case name(String)
        case index(Int)
    }

    public var components: [Component]

    public init(_ components: [Component] = []) { self.components = components }

    func appending(_ component: Component) -> ClaimPath { ClaimPath(components + [component]) }

    /// Whether one of the two paths leads through the place of the other.
    func isRelated(to other: ClaimPath) -> Bool {
        zip(components, other.components).allSatisfy(==)
    }
}

extension ClaimPath.Component: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.name(let left), .name(let right)): left.utf8.elementsEqual(right.utf8)
        case (.index(let left), .index(let right)): left == right
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .name(let name): for byte in name.utf8 { hasher.combine(byte) }
        case .index(let index): hasher.combine(index)
        }
    }
}

extension ClaimPath: ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
    public init(arrayLiteral elements: Component...) { self.init(elements) }
    public init(stringLiteral value: String) { self.init([.name(value)]) }
}

extension ClaimPath.Component: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    public init(stringLiteral value: String) { self = .name(value) }
    public init(integerLiteral value: Int) { self = .index(value) }
}

extension ClaimPath: CustomStringConvertible {
    public var description: String {
        components.map { component in
            switch component {
            case .name(let name): ".\(name)"
            case .index(let index): "[\(index)]"
            }
        }.joined()
    }
}
