extension Translation {
    static let spanish = Translation(
        parsing: """
            language = es
            name = Español
            direction = ltr
            review = draft
            """)
}
