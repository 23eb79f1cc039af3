/// The name of a level, in the order of levels: by the numbers in it, then by the letters after
/// them: 3, 4.1, 4.5, 5, 5a, 5b. A name without a number comes before all of these.
///
/// `Protocol/recognition.md § Levels`.
struct LevelName: Comparable {
    private let numbers: [Int64]
    private let rest: String

    init(_ name: String) {
        var numbers: [Int64] = []
        var rest = Substring(name)
        while true {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let number = Int64(digits) else { break }
            numbers.append(number)
            rest = rest.dropFirst(digits.count)
            guard rest.first == ".", let next = rest.dropFirst().first, next.isASCII,
                next.isNumber
            else { break }
            rest = rest.dropFirst()
        }
        self.numbers = numbers
        self.rest = String(rest)
    }

    static func < (left: LevelName, right: LevelName) -> Bool {
        if left.numbers != right.numbers {
            return left.numbers.lexicographicallyPrecedes(right.numbers)
        }
        return left.rest < right.rest
    }
}
