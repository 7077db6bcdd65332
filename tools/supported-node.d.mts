export declare const needed: string
export declare function supports(version: string): boolean
