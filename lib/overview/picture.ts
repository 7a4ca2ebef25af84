/** What an installation consists of, and what reaches what, as far as one look can take it in. */
export interface Picture {
  /** What the nodes stand in: namespaces, and where there are two, Kubernetes clusters. */
  readonly frames: readonly string[];
  readonly nodes: readonly PictureNode[];
  readonly arrows: readonly Arrow[];
}

/** A thing in the picture. */
export interface PictureNode {
  /** Names the node; there is one of each name. */
  readonly name: string;
  readonly shape: 'program' | 'data' | 'outside';
  /** Lines below the name. */
  readonly details: readonly string[];
  /** The frame that it stands in; undefined outside of all. */
  readonly frame: string | undefined;
  /** Whether it is data that no copy is made of. */
  readonly isUnsaved?: boolean;
}

/** One thing reaches another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Whether data are copied from time to time, and not asked for all the time. */
  readonly isCopy: boolean;
}

/** A part of a picture: some of its nodes and arrows. */
export type PictureParts = Pick<Picture, 'nodes' | 'arrows'>;
